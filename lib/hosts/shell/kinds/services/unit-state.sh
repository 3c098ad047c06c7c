# shellcheck shell=bash
# "<how it is enabled> <whether it is active>" of a unit; not-found where there is none.
unit_state() {
  local name value load='' enabled='' active=''
  while IFS='=' read -r name value; do
    case $name in
      LoadState) load=$value ;;
      UnitFileState) enabled=$value ;;
      ActiveState) active=$value ;;
    esac
  done < <(systemctl show -p LoadState -p UnitFileState -p ActiveState "$1" 2>/dev/null)
  [[ -n $load && $load != not-found ]] && REPLY="${enabled:-transient} $active" || REPLY='not-found inactive'
}
