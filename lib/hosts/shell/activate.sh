# shellcheck shell=bash
# Makes what was written take effect, and looks whether it did. REPLY names what did not.

activate_all() {
  local what
  for what in ${QUEUE[@]+"${QUEUE[@]}"}; do
    REPLY=$what
    reload "$what" || { REPLY=activation_failed:$REPLY && return 1; }
  done
  QUEUE=()
  if [[ -z $ROOT ]]; then still_well; fi
}

# reload_all <function>: what was undone is reloaded, in any order; the function is told what fails.
reload_all() {
  local what seen=''
  for what in ${RELOADS[@]+"${RELOADS[@]}"}; do
    [[ $seen != *" $what "* ]] || continue
    seen+=" $what "
    reload "$what" || "$1" "$what was not reloaded: $REPLY"
  done
}

# In a folder there is nothing that runs.
reload() {
  [[ -z $ROOT ]] || return 0
  case $1 in
    *.service | *.socket | *.mount) restart "$1" ;;
    *) "reload_$1" ;;
  esac
}

restart() { REPLY=$1 && systemctl try-reload-or-restart "$1"; }

# After all changes: sshd and the agent are there for new connections, and whoever could log in can.
still_well() {
  if [[ -n $SSH_UNIT ]]; then
    REPLY=inactive:$SSH_UNIT
    patiently systemctl is-active --quiet "$SSH_UNIT" || return 1
    prove_banner "${SSH_PORTS[@]}" || return 1
  fi
  if knows keeps_logins; then
    # shellcheck disable=SC2034 # logins are asked for anew
    SAID=()
    keeps_logins /etc/ssh/sshd_config || return 1
  fi
  agent_is_safe || return 1
  prove_channel "$CHANNEL_BEFORE"
}
