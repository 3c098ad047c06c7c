# shellcheck shell=bash
# needs: kinds/postgres
# The lines of pg_hba.conf that PG_WEAK names, each in its place, so that the first that matches is still the first.

fix_hba() {
  local server=$1 file=${PG[$1.hba_file]} count words each number=0 line lines=() peer='' out=''
  local -A kind=()
  mapfile -d '' -t words < <(ask_server "$server" postgres -c "select line_number,type||' '||auth_method,coalesce(to_jsonb(h)->>'file_name','') from $PG_WEAK")
  for ((each = 0; each + 2 < ${#words[@]}; each += 3)); do
    [[ ${words[each]} =~ ^[0-9]+$ ]] || return
    [[ ${words[each + 2]} == @(|"$file") ]] || refuse "$CONTROL" "included:${words[each + 2]}" || return
    kind[${words[each]}]=${words[each + 1]}
  done
  hba_may "$server" "${kind[*]}" || refuse "$CONTROL" "$REPLY" || return
  sql "$server" "select min(line_number) from pg_hba_file_rules where type='local' and auth_method='peer' and 'all'=any(database) and user_name && '{all,postgres}'"
  peer=$REPLY
  # shellcheck disable=SC2016
  mapfile -t lines < <(as_postgres 'cat "$1"' "$file")
  for line in "${lines[@]}"; do
    number=$((number + 1))
    if [[ -n ${kind[$number]+x} ]]; then
      # This very login comes in by peer; with another line first it would not any more.
      [[ ${kind[$number]} != local* || $peer =~ ^[0-9]+$ && $peer -lt $number ]] || { out+=$'local all postgres peer\n' && peer=0; }
      hba_line "$line" "${kind[$number]}" || refuse "$CONTROL" "line:$number" || return
      line=$REPLY
    fi
    out+=$line$'\n'
  done
  sql "$server" 'select count(*) from pg_hba_file_rules' && count=$REPLY
  [[ $peer != 0 ]] || count=$((count + 1))
  printf '%s' "$out" | replace_file "$file" || return
  [[ $DRY == no ]] || return 0
  # Before any reload: what the server reads in it now.
  sql "$server" "select (select count(*) from pg_hba_file_rules)||' '||(select count(*) from $PG_WEAK)" && [[ $REPLY == "$count 0" ]] || refuse "$CONTROL" pg_hba_rejected || return
  activate postgres
}

# Whether those who log in now still can.
hba_may() {
  case " $2 " in
    *' hostnossl '[!r]*) REPLY=hostnossl && return 1 ;;
    *' ident '*) REPLY=ident && return 1 ;;
  esac
  if [[ " $2 " == *' '@(trust|md5|password)' '* ]]; then
    sql "$1" "select count(*) from pg_authid where rolcanlogin and rolname<>'postgres' and (rolpassword is null or rolpassword not like 'SCRAM-SHA-256%')"
    [[ $REPLY == 0 ]] || { REPLY=roles_without_scram:$REPLY && return 1; }
  fi
  if [[ " $2 " == *' host '* ]]; then
    [[ ${PG[$1.ssl]} == on ]] || { REPLY=ssl_is_off && return 1; }
    sql "$1" "select count(*) from pg_stat_ssl join pg_stat_activity using(pid) where not ssl and client_addr is not null and not client_addr<<='127.0.0.0/8' and client_addr<>'::1'"
    [[ $REPLY == 0 ]] || { REPLY=clients_without_tls:$REPLY && return 1; }
  fi
}

# hba_line <line> <type and method>: as it should be, in REPLY. What is quoted or goes on in the next line is left to people.
hba_line() {
  local method='^([^#]*[[:space:]])(trust|password|md5)([[:space:]].*|#.*)?$'
  REPLY=$1
  [[ $1 != *[\"\\]* ]] || return 1
  if [[ $2 == *' '@(trust|password|md5) ]]; then
    [[ $1 =~ $method ]] || return 1
    REPLY="${BASH_REMATCH[1]}scram-sha-256${BASH_REMATCH[3]}"
  fi
  # On the host itself there is no way to listen on.
  [[ $2 != host* || $1 =~ [[:space:]](127[.]|::1/|samehost|localhost[[:space:]]) ]] || [[ $REPLY != *([[:space:]])host[[:space:]]* ]] || REPLY=${REPLY/host/hostssl}
}
