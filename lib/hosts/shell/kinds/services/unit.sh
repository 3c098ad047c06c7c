# shellcheck shell=bash
# needs: kinds/unit-state
# unit on|off '<unit>[|<another that will do>…]'…: what runs now, and what will after a boot.

audit_unit() {
  local unit each state seen='' why units="${*:2}"
  if [[ -z ${FACT[systemd]-} ]]; then
    unknown 'systemd does not run here' && return
  fi
  # shellcheck disable=SC2086 # names without blanks
  ! declare -F read_units >/dev/null || read_units ${units//|/ }
  for unit in "${@:2}"; do
    why=''
    [[ $1 == off ]] || why="false none of ${unit//|/ or } is installed"
    for each in ${unit//|/ }; do
      unit_state "$each"
      state=$REPLY
      case $1:$state in
        on:@(enabled|static|indirect|alias|generated)' active') why='' && break ;;
        on:not-found* | off:@(disabled|masked|not-found|static|indirect|transient)' '@(inactive|failed)) ;;
        on:enabled*) why="true $each is enabled but ${state#* }" ;;
        on:*' active') why="false $each runs but is ${state% *}: the next boot does not start it" ;;
        *) why="false $each is ${state% *} and ${state#* }" ;;
      esac
      [[ $1 == on || -z $why ]] || break
    done
    if [[ -n $why ]]; then
      fail "$state" "${why%% *}" "${why#* }" && return
    fi
    seen+="${seen:+ }$each"
  done
  pass "$seen"
}
