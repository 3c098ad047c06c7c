# shellcheck shell=bash
# needs: kinds/postgres kinds/postgres-hba.fix
# ALTER SYSTEM, REVOKE and pg_hba.conf, as user postgres, and a reload. What needs a restart waits for one.

# sql <socket> <query>: the first answer in REPLY.
sql() { REPLY='' && { IFS= read -r -d '' REPLY < <(ask_server "$1" postgres -c "$2") || [[ -n $REPLY ]]; }; }
# shellcheck disable=SC2016 # bash as user postgres reads them
as_postgres() { (cd / && runuser -u postgres -- /bin/bash -c "$1" bash "${@:2}") </dev/null; }

PG_LOADED="select bool_and(modification<=pg_conf_load_time()) and not exists(select from pg_hba_file_rules where type is null) from (select sourcefile f from pg_file_settings union select current_setting('hba_file')) files,pg_stat_file(f)"

fix_postgres() {
  local server setting name check target revoked='' before=$CHANGES
  unread postgres && read_postgres
  [[ $* != *public_create* ]] || ! unread public || read_public
  for server in "${PG_SERVERS[@]}"; do
    # A reload would bring in what somebody wrote and did not load, and a taking back would not take that back.
    [[ -n ${PG[$server.loaded]+x} ]] || { sql "$server" "$PG_LOADED" && PG[$server.loaded]=$REPLY; }
    [[ ${PG[$server.loaded]} == t ]] || refuse "$CONTROL" "files_not_loaded:${server##*.}" || return
    for setting in "$@"; do
      read -r name check target <<<"$setting"
      REPLY=${PG_FILE[$server.$name]-${PG[$server.$name]-}}
      meets "${REPLY:-none}" "$check" && continue
      case $name in
        ssl) can_encrypt "$server" && alter_system "$server" ssl on ;;
        pgaudit) preload "$server" ;;
        pg_hba) fix_hba "$server" ;;
        public_*) [[ $revoked == *"$server "* ]] || { revoked+="$server " && revoke "$server"; } ;;
        # Only who knows the passwords can set them anew.
        md5_passwords | roles_with_md5 | pg_hba.loaded | pg_ident) ;;
        *)
          [[ $name != ssl_min_protocol_version ]] || ! speaks_old_tls "$server" || refuse "$CONTROL" "in_use:$REPLY" || return
          bounded "$target" "$check" && alter_system "$server" "$name" "$REPLY"
          ;;
      esac || return
    done
  done
  [[ $CHANGES != "$before" ]] || refuse "$CONTROL" needs_a_person
}

# Whether a client is connected with a version of TLS that would be refused; REPLY is the version.
speaks_old_tls() { sql "$1" "select version from pg_stat_ssl where version in ('SSLv3','TLSv1','TLSv1.1') limit 1" && [[ -n $REPLY ]]; }

# alter_system <socket> <name> <value>: a word, or words parted by ", ".
alter_system() {
  local file=${PG[$1.data_directory]}/postgresql.auto.conf line value
  [[ $3 =~ ^[A-Za-z0-9_.-]+(,\ [a-z_0-9]+)*$ ]] || refuse "$CONTROL" "not_a_word:$2" || return
  sql "$1" "select source from pg_settings where name='$2'"
  [[ $REPLY != 'command line' ]] || refuse "$CONTROL" "set_by_flag:$2" || return
  if [[ $DRY == yes ]]; then would "$2 = $3" && return; fi
  # shellcheck disable=SC2016
  line=$(as_postgres 'grep "^$2 = " "$1"' "$file" "$2")
  journal alter "$file" "$2" "$line" "$2 = '$3'"
  value="'${3//, /\',\'}'"
  ask_server "$1" postgres -c "alter system set $2 = $value" || refuse "$CONTROL" "failed:$2" || return
  activate postgres
}

# undo_alter <file> <name> <line before> <line that we wrote>: in the file itself, as at boot no server runs yet.
# shellcheck disable=SC2016
undo_alter() {
  local line
  line=$(as_postgres 'grep "^$2 = " "$1"' "$1" "$2")
  case $line in
    "$3") return ;;
    "$4") ;;
    *) left "$2 in $1 was changed by somebody else" && return ;;
  esac
  as_postgres 'cp -p "$1" "$1.new" && { grep -v "^$2 = " "$1"; [ -z "$3" ] || printf "%s\n" "$3"; } >"$1.new" && sync "$1.new" && mv "$1.new" "$1"' "$1" "$2" "$3" || left "$2 in $1 is not as it was"
}

# With ssl on and no certificate that fits, the next start would fail.
can_encrypt() {
  local name files=()
  for name in ssl_cert_file ssl_key_file ssl_ca_file ssl_crl_file ssl_dh_params_file; do
    files+=("${PG_FILE[$1.$name]-${PG[$1.$name]-}}")
  done
  name=${PG_FILE[$1.ssl_max_protocol_version]-${PG[$1.ssl_max_protocol_version]-}}
  [[ $name != TLSv1?(.1) ]] || refuse "$CONTROL" ssl_max_protocol_version || return
  as_postgres "$CERTIFICATE_FITS" "${PG[$1.data_directory]}" "${files[@]}" || refuse "$CONTROL" no_certificate
}
# Files may be named from the folder of the data. A key of the server's own must be closed to its group, one of root's need not.
# shellcheck disable=SC2016
CERTIFICATE_FITS='cd "$1" || exit; for file in "${@:2}"; do [ -z "$file" ] || [ -r "$file" ] || exit 1; done
mode=$(stat -L -c 0%a "$3"); [ -O "$3" ] && [ $((mode & 077)) != 0 ] && exit 1; [ $((mode & 027)) = 0 ] || exit 1
openssl x509 -in "$2" -noout -checkend 0 && [ "$(openssl x509 -in "$2" -noout -pubkey)" = "$(openssl pkey -in "$3" -pubout -passin pass:)" ]'

packages_postgres() {
  local server version
  [[ $* == pgaudit* && -n ${FACT[debian]-} ]] || return
  unread postgres && read_postgres
  for server in ${PG_SERVERS[@]+"${PG_SERVERS[@]}"}; do
    has_pgaudit "$server" && continue
    version=${PG[$server.server_version_num]-}
    [[ $version =~ ^[0-9]{6}$ ]] && PACKAGES+=("postgresql-${version:0:2}-pgaudit")
  done
}
has_pgaudit() {
  sql "$1" "select setting from pg_config where name='PKGLIBDIR'" && [[ -f $REPLY/pgaudit.so ]]
}

# A library that is named and not there keeps the server from starting.
preload() {
  has_pgaudit "$1" || refuse "$CONTROL" "no_pgaudit:${1##*.}" || return
  local libraries=${PG_FILE[$1.shared_preload_libraries]-${PG[$1.shared_preload_libraries]-}}
  alter_system "$1" shared_preload_libraries "${libraries:+${libraries//,/, }, }pgaudit"
}

# What PUBLIC has on databases and in their schemas; by number, as names are strangers'.
revoke() {
  local server=$1 words each name
  sql "$server" 'select pg_is_in_recovery()' && [[ $REPLY == f ]] || refuse "$CONTROL" "standby:${server##*.}" || return
  # Who is connected now and could not connect any more.
  sql "$server" "select usename||' in '||datname from pg_stat_activity a where datname<>'postgres' and usename is not null and not exists(select from pg_roles r where r.oid=a.usesysid and r.rolsuper) and not exists(select from pg_database d,aclexplode(d.datacl) x where d.oid=a.datid and x.privilege_type='CONNECT' and x.grantee<>0 and pg_has_role(a.usesysid,x.grantee,'USAGE')) and not exists(select from pg_database d where d.oid=a.datid and pg_has_role(a.usesysid,d.datdba,'USAGE')) limit 1"
  [[ -z $REPLY ]] || refuse "$CONTROL" "connected:$REPLY" || return
  mapfile -d '' -t words < <(ask_server "$server" postgres -c "select oid,datname,concat_ws(',',case when has_database_privilege('public',oid,'CONNECT') then 'connect' end,case when has_database_privilege('public',oid,'TEMP') then 'temporary' end) from pg_database where datallowconn and not datistemplate")
  for ((each = 0; each + 2 < ${#words[@]}; each += 3)); do
    name=${words[each + 1]}
    [[ $name == postgres || -z ${words[each + 2]} ]] || public "$server" "${words[each]}" database "${words[each + 2]}" || return
    [[ " ${PG[$server.public_create]} " != *" $name "* ]] || public "$server" "${words[each]}" schema create || return
  done
}
public() {
  [[ $2 =~ ^[0-9]+$ ]] || return
  if [[ $DRY == yes ]]; then would "revoke $4 on $3 of database $2 from public" && return; fi
  journal grant "$@"
  change_public revoke from "$@" || refuse "$CONTROL" "failed:revoke"
}
# change_public grant|revoke to|from <socket> <number of the database> database|schema <privileges>
change_public() {
  local name
  IFS= read -r -d '' name < <(ask_server "$3" postgres -c "select datname from pg_database where oid=$4")
  [[ -n $name ]] || return
  if [[ $5 == schema ]]; then
    ask_server "$3" "$name" -c "$1 $6 on schema public $2 public"
  else
    ask_server "$3" postgres -c "do 'begin execute format(''$1 $6 on database %I $2 public'', (select datname from pg_database where oid=$4)); end'"
  fi
}

# At boot the server comes later: what gives it back waits for it.
undo_grant() {
  if [[ $CAUSE != boot ]]; then
    change_public grant to "$@" || left "$4 on $3 of database $2 is not granted to public again"
    return
  fi
  local script=$BACKUP/grant-$2-$3
  {
    declare -f ask_server change_public
    printf 'for try in {1..60}; do change_public grant to %q %q %q %q && exit; sleep 5; done\n' "$@"
    printf 'echo "not granted to public again: %s on %s of database %s" >>%q\n' "$4" "$3" "$2" "$BACKUP/left"
  } >"$script"
  systemd-run --quiet --collect --no-block --unit="plumbline-grant-$ID-$2-$3" /bin/bash "$script" || left "$4 on $3 of database $2 is not granted to public again"
}
