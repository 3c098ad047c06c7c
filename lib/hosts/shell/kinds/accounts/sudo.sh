# shellcheck shell=bash
# needs: kinds/pam
# sudo <cloud-users|nobody>: commands have a terminal of their own and are logged; who may go without a password, which users of cloud images have none of.

audit_sudo() {
  local all line pty='' log=1 why=''
  if ! all=$(in_root cvtsudoers -ef sudoers /etc/sudoers 2>/dev/null); then
    unknown 'cvtsudoers cannot read /etc/sudoers' && return
  fi
  if line=$(sed -nE '/^\s*Plugin\s+(sudoers_policy\s+\S+\s+.*sudoers_file=|[^[:space:]]*_policy\s)/p' "$ROOT/etc/sudo.conf" 2>/dev/null) && [[ -n ${line//Plugin+([[:space:]])sudoers_policy+([[:space:]])sudoers.so/} ]]; then
    unknown "sudo goes by other rules: $line" && return
  fi
  # shellcheck disable=SC2162 # a line that ends with a backslash goes on
  while read line; do
    case $line in
      *NOPASSWD:* | Defaults*!authenticate*)
        [[ $1 == cloud-users && $line =~ ^(Defaults:)?(admin|cloud-user|debian|ec2-user|rocky|ssm-user|ubuntu)[[:space:]] ]] ||
          why="without a password: $line"
        ;;
      Defaults*exempt_group*) why="without a password: $line" ;;
      Defaults*timestamp_timeout=-*) why="asked once and never again: $line" ;;
      Defaults[:@\>!]*!@(use_pty|syslog|log_allowed)*) why=$line ;;
      Defaults\ *)
        [[ $line != *use_pty* ]] || pty=${line##*!use_pty*}
        [[ $line != *syslog* ]] || log=${line##*!syslog*}
        [[ $line != *logfile=* ]] || log=1
        [[ $line != *!log_allowed* ]] || log=
        ;;
    esac
  done <<<"$all"
  ! pam_waives sudo sudo-i || why="without a password: $REPLY"
  [[ -n $pty ]] || why=${why:-use_pty is not set}
  [[ -n $log ]] || why=${why:-nothing is logged}
  both "${pty:+use_pty }${log:+logged}" '' "$why"
}
