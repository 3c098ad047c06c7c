# shellcheck shell=bash
# needs: kinds/processes
# postgres '<setting> <check> <target>'…: what each server does now, and what its files make of the next start.

# ask_server <socket> <database> <options of psql>, answers ended by NUL. By the environment, as a database may be named
# like a connection string; requirepeer: nobody else's socket is believed. On Debian psql is a script of Perl: 33 ms of the
# processor, of which the program that it starts takes 7. Given PGHOST, all that it does is to start the newest; so is done here.
ask_server() {
  local each program=psql
  for each in /usr/lib/postgresql/{[0-9].[0-9],[1-9][0-9]}/bin/psql; do
    [[ ! -x $each ]] || program=$each
  done
  (cd / && timeout 20 runuser -u postgres -- env PGHOST="${1%/*}" PGPORT="${1##*.}" PGDATABASE="$2" PGUSER=postgres PGREQUIREPEER=postgres PGCONNECT_TIMEOUT=5 PGOPTIONS='-c search_path=pg_catalog -c lc_messages=C -c statement_timeout=9s' "$program" -XAtqwz0 "${@:3}") </dev/null 2>/dev/null
}
postgres_sockets() {
  local path
  PG_SERVERS=()
  for path in /run/postgresql/.s.PGSQL.+([0-9]) /tmp/.s.PGSQL.+([0-9]); do
    [[ -S $path ]] && PG_SERVERS+=("$path")
  done
}

# Servers whose sockets are elsewhere: the file postmaster.pid of each says where, in its fourth and fifth line. It stands in
# the folder of the data, where the server runs.
postgres_processes() {
  local each known lines path
  processes postgres postmaster
  for each in "${PROCESSES[@]}"; do
    # What a server starts calls itself "postgres: …".
    [[ $each != *' postgres: '* ]] || continue
    path=${each##*" -D"*([ ])}
    mapfile -t lines < <(cat "$ROOT/proc/${each%% *}/cwd/postmaster.pid" 2>/dev/null || cat "$ROOT${path%% *}/postmaster.pid" 2>/dev/null)
    path=${lines[4]-}/.s.PGSQL.${lines[3]-}
    # A path alone: the name of a host would lead there.
    [[ $path == /+([-A-Za-z0-9_./])/.s.PGSQL.+([0-9]) && -S $path ]] || path=/process/${each%% *}
    for known in "${PG_SERVERS[@]}"; do
      [[ ! $path -ef $known ]] || continue 2
    done
    PG_SERVERS+=("$path")
  done
}

# Lines that cannot be read, which have no type (hostssl without ssl has an error too, and a type), and that open a door; an earlier line, of whatever file, may refuse all that is not encrypted: "all" is no replication, and 0.0.0.0/0 no name.
PG_WEAK="pg_hba_file_rules h where type is null or auth_method not in('scram-sha-256','reject','peer','cert','gss','sspi','ldap','radius','pam','bsd','oauth') or type in('host','hostnossl') and auth_method<>'reject' and not(address~'^127[.][0-9.]+$' and netmask like '255.%' or address='::1' and netmask like 'ffff:%' or address in('samehost','localhost')) and not exists(select from pg_hba_file_rules r where coalesce((to_jsonb(r)->>'rule_number')::int,r.line_number)<coalesce((to_jsonb(h)->>'rule_number')::int,h.line_number) and r.type='hostnossl' and r.auth_method='reject' and r.database@>'{all}' and r.user_name='{all}' and (not h.database@>'{replication}' or r.database@>'{replication}') and (r.address='all' or r.netmask=case when h.address~':' then '::' when h.address~'^[0-9.]+$' then '0.0.0.0' end))"

# Lines of pg_ident.conf, as map, account and role, of maps that a line of pg_hba.conf names: who an account may be. One that is
# a pattern for everybody must lead to the role of the same name.
PG_MAPS="pg_hba_file_rules,unnest(options) o,regexp_split_to_table(pg_read_file(current_setting('ident_file')),E'[\\n\\r]+') l,regexp_match(replace(l,'\"',''),'^\\s*([^\\s#]+)\\s+(/\\S+)\\s+(\\S+)') m"

# "s <name> <value> -" of each setting, "f <name> <value> <file:line>" of each line of the files in their order. What has no
# setting is asked as if it had one: the first line of pg_hba.conf that lets in without a good proof, or unencrypted.
postgres_says() {
  # What is set for this role or database alone is not what the server does: then what its files say, or what it begins with.
  ask_server "$1" postgres -c "select 's',name,case when source in('database','user','database user') then coalesce((select f.setting from pg_file_settings f where lower(f.name)=lower(s.name) and applied order by seqno desc limit 1),boot_val) else setting end,'' from pg_settings s" \
    -c "select 'f',lower(name),setting,sourcefile||':'||sourceline from pg_file_settings where name is not null order by seqno" \
    -c "select 's','md5_passwords',coalesce(string_agg(rolname::text,' '),'none'),'' from pg_authid where rolpassword like 'md5%'" \
    -c "select 's','roles_with_md5',coalesce(string_agg(setrole::regrole::text,' '),'none'),'' from pg_db_role_setting,unnest(setconfig) c where c like 'password_encryption=%' and c not like '%=scram-sha-256'" \
    -c "select 's','public_connect',coalesce(string_agg(datname::text,' '),'none'),'' from pg_database where datallowconn and datname not in('postgres','template0','template1') and has_database_privilege('public',oid,'CONNECT,TEMP') or has_database_privilege('public',oid,'CREATE')" \
    -c "select 's','pg_ident',coalesce((select m[1]||' '||m[2]||' '||m[3] from $PG_MAPS where o='map='||m[1] and 'plumbline-nobody'~substr(m[2],2) and m[3]!~'^[\\\\]1$' limit 1),'good'),''" \
    -c "select 's','pg_hba.loaded',bool_and(modification<=pg_conf_load_time())::text,'' from (select to_jsonb(h)->>'file_name' f from pg_hba_file_rules h union select current_setting('hba_file') union select current_setting('ident_file')) files,pg_stat_file(f) where f is not null" \
    -c "select 's','pg_hba',coalesce((select 'line '||line_number||': '||coalesce(error,type||' '||auth_method) from $PG_WEAK order by line_number limit 1),'good'),''"
}
# <socket>.<name>
declare -A PG=() PG_FILE=() PG_AT=()
PG_SERVERS=()
read_postgres() {
  local server words each key
  PG=() PG_FILE=() PG_AT=()
  postgres_sockets
  postgres_processes
  for server in ${PG_SERVERS[@]+"${PG_SERVERS[@]}"}; do
    mapfile -d '' -t words < <(postgres_says "$server")
    for ((each = 0; each + 3 < ${#words[@]}; each += 4)); do
      key=$server.${words[each + 1]} REPLY=${words[each + 2]//, /,}
      # "0", "::0" and the like are every address, too.
      [[ $key != *.listen_addresses || ,$REPLY, != *,+([0.:x]),* ]] || REPLY='*'
      [[ ${words[each]} == s ]] && PG[$key]=$REPLY || PG_FILE[$key]=$REPLY PG_AT[$key]=${words[each + 3]}
      if [[ $key == *.shared_preload_libraries ]]; then
        [[ ,${REPLY//\"/}, == *[,/]pgaudit,* ]] && REPLY=loaded || REPLY=missing
        [[ ${words[each]} == s ]] && PG[$server.pgaudit]=$REPLY || PG_FILE[$server.pgaudit]=$REPLY
      fi
    done
  done
}

# Which databases let everybody create things in their schema "public", and which other schemas, as <database>.<schema>: each is
# asked by itself, 99 at most.
read_public() {
  local server name names
  for server in ${PG_SERVERS[@]+"${PG_SERVERS[@]}"}; do
    [[ -n ${PG[$server.pg_hba]+x} ]] || continue
    PG[$server.public_create]=
    mapfile -d '' -t names < <(ask_server "$server" postgres -c 'select datname from pg_database where datallowconn and datname not in('"'template0','template1'"') limit 99')
    for name in "${names[@]}"; do
      while IFS= read -r -d '' REPLY; do
        PG[$server.public_create]+="$name.$REPLY "
      done < <(ask_server "$server" "$name" -c "select nspname from pg_namespace where nspname!~'^pg_' and has_schema_privilege('public',oid,'CREATE')")
      PG[$server.public_create]=${PG[$server.public_create]//"$name.public "/"$name "}
    done
    REPLY=${PG[$server.public_create]% }
    PG[$server.public_create]=${REPLY:-none}
  done
}

audit_postgres() {
  local server setting name check value next seen=''
  unread postgres && read_postgres
  [[ $* != *public_create* ]] || ! unread public || read_public
  for server in ${PG_SERVERS[@]+"${PG_SERVERS[@]}"}; do
    [[ -n ${PG[$server.pg_hba]+x} ]] || continue
    for setting in "$@"; do
      read -r name check _ <<<"$setting"
      value=${PG[$server.$name]-} next=${PG_FILE[$server.$name]-${PG[$server.$name]-}}
      wanted "$check"
      if ! meets "${value:-none}" "$check"; then
        meets "${next:-none}" "$check" && [[ -n ${PG_FILE[$server.$name]+x} ]] && next=true || next=false
        fail "$value" "$next" "port ${server##*.}: $name is ${value:-not set}, wanted $REPLY" && return
      elif ! meets "${next:-none}" "$check"; then
        fail "$value" false "port ${server##*.}: ${PG_AT[$server.$name]-} sets $name to $next: the next start has it" && return
      fi
      seen+="${value:-none} "
    done
    seen+="(port ${server##*.}) "
  done
  for server in ${PG_SERVERS[@]+"${PG_SERVERS[@]}"} ''; do
    [[ -n ${PG[$server.pg_hba]+x} ]] || break
  done
  if [[ -n $server || -z $seen ]]; then
    unknown "no answer to user postgres over ${server:-/run/postgresql or /tmp}"
  else
    pass "${seen% }"
  fi
}
