# shellcheck shell=bash
# needs: kinds/core-dumps kinds/sysctl.fix

fix_core_dumps() {
  case ${WHY[$CONTROL]} in 'PAM '*) refuse "$CONTROL" not_in_pam:pam_limits || return ;; esac
  # limits.d is read in the order of its names, and the last line counts.
  printf '%s\n' '# Written by Plumbline; changed by it only.' '* hard core 0' |
    own_file /etc/security/limits.d/zz-plumbline.conf 644 root:root || return
  fix_sysctl 'fs.suid_dumpable =0'
}
