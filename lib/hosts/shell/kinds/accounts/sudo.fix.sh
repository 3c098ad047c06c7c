# shellcheck shell=bash
# needs: kinds/sudo never/accounts
# A password is asked of nobody who was let go without: who has none could not be root again.

fix_sudo() {
  case ${WHY[$CONTROL]} in
    without*) refuse "$CONTROL" "nopasswd:${WHY[$CONTROL]#*: }" || return ;;
    Defaults*) refuse "$CONTROL" "somebody_wants_it:${WHY[$CONTROL]}" || return ;;
  esac
  printf '%s\n' '# Written by Plumbline; changed by it only.' 'Defaults use_pty' 'Defaults syslog' |
    own_file /etc/sudoers.d/zz-plumbline 440 root:root
}
