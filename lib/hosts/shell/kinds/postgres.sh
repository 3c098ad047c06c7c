# shellcheck shell=bash
# postgres '<setting> <check> <target>'…: what the server does now, and what its files make of the next start.

# "s|<name>|<value>|" of each setting, then "f|<name>|<value>|<file:line>" of each line of the files in their order.
postgres_says() {
  (cd / && runuser -u postgres -- psql -XAtq -F '|' -c "select 's', name, setting, '' from pg_settings" \
    -c "select 'f', name, setting, sourcefile || ':' || sourceline from pg_file_settings where error is null order by seqno") 2>/dev/null
}

declare -A PG=() PG_FILE=() PG_AT=()
read_postgres() {
  local kind name value place
  PG=() PG_FILE=() PG_AT=()
  while IFS='|' read -r kind name value place; do
    case $kind in
      s) PG[$name]=$value ;;
      f) PG_FILE[$name]=$value PG_AT[$name]=$place ;;
    esac
  done < <(postgres_says)
}

audit_postgres() {
  local setting name check seen=''
  unread postgres && read_postgres
  if ((${#PG[@]} == 0)); then
    unknown 'the server does not answer user postgres over its socket' && return
  fi
  for setting in "$@"; do
    read -r name check _ <<<"$setting"
    wanted "$check"
    if ! meets "${PG[$name]-}" "$check"; then
      fail "${PG[$name]-}" "$([[ -n ${PG_FILE[$name]+x} ]] && meets "${PG_FILE[$name]}" "$check" && echo true || echo false)" \
        "$name is ${PG[$name]:-not set}, wanted $REPLY${PG_AT[$name]:+ (${PG_AT[$name]})}" && return
    fi
    if [[ -n ${PG_FILE[$name]+x} ]] && ! meets "${PG_FILE[$name]}" "$check"; then
      fail "${PG[$name]}" false "${PG_AT[$name]} sets $name to ${PG_FILE[$name]}: the next start has it" && return
    fi
    seen+="${seen:+ }${PG[$name]}"
  done
  pass "$seen"
}
