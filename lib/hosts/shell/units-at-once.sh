# shellcheck shell=bash
# For an audit, in which no unit changes: one answer for many units takes as long as one for each.
declare -A UNITS=()
read_units() {
  local name value names='' load='' enabled='' active=''
  while IFS='=' read -r name value; do
    case $name in
      Names) names=$value ;;
      LoadState) load=$value ;;
      UnitFileState) enabled=$value ;;
      ActiveState) active=$value ;;
      *)
        # A blank line parts the answers.
        [[ -n $load && $load != not-found ]] && value="${enabled:-transient} $active" || value='not-found inactive'
        for name in $names; do UNITS[$name]=$value; done
        names='' load='' enabled='' active=''
        ;;
    esac
  done < <(systemctl show -p Names -p LoadState -p UnitFileState -p ActiveState "$@" 2>/dev/null && echo)
}

unit_state() {
  [[ -n ${UNITS[$1]+x} ]] || read_units "$1"
  REPLY=${UNITS[$1]-not-found inactive}
}
