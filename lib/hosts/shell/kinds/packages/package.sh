# shellcheck shell=bash
# package there|absent <name>…: one of them is installed, or none.

# Those of some packages that are installed, in REPLY.
installed() {
  local status name
  REPLY=
  while read -r status name; do
    [[ $status == @(?i|rpm) ]] && REPLY+="${REPLY:+ }$name"
  done < <(if [[ -n ${FACT[debian]-} ]]; then
    # shellcheck disable=SC2016 # dpkg's own placeholders
    in_root dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "$@" 2>/dev/null
  else in_root rpm -q --qf 'rpm %{NAME}\n' "$@" 2>/dev/null; fi)
}

audit_package() {
  installed "${@:2}"
  case $1:$REPLY in
    there:) fail none false "not installed: ${*:2}" ;;
    there:*) pass "$REPLY" ;;
    absent:) pass none ;;
    *) fail "$REPLY" false "installed: $REPLY" ;;
  esac
}
