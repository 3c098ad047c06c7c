# shellcheck shell=bash
# What is never changed, whatever a control asks and however a fix came to it. Each refusal has a name.

# The lines that a file gets and has not yet.
added() {
  if [[ -e $ROOT$1 ]]; then grep -vxFf "$ROOT$1" "$2"; else cat "$2"; fi
}

# allowed <path> <new content>: the last word on a file. A document that brings no judge for it may not write it.
allowed() {
  local judge
  case $1 in
    /etc/ssh/sshd_config | /etc/ssh/sshd_config.d/*) judge=sshd ;;
    /etc/modprobe.d/*) judge=modules ;;
    /etc/sysctl.conf | /etc/sysctl.d/* | /etc/ufw/sysctl.conf) judge=sysctls ;;
    /etc/sudoers | /etc/sudoers.d/*) judge=sudoers ;;
    /etc/audit/auditd.conf) judge=auditd ;;
    /etc/security/faillock.conf | /etc/pam.d/*) judge=accounts ;;
    /etc/fstab) judge=mounts ;;
    /etc/docker/daemon.json) judge=daemon ;;
    *) return 0 ;;
  esac
  REPLY=not_judged_here
  knows "allowed_$judge" && "allowed_$judge" "$1" "$2"
}
