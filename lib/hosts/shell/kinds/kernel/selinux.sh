# shellcheck shell=bash
# needs: kinds/both kinds/setting
# selinux <mode>: or a stricter one.
audit_selinux() {
  local state=disabled now='' then='' check="^$1^enforcing,permissive,disabled"
  case $(cat "$ROOT/sys/fs/selinux/enforce" 2>/dev/null) in
    0) state=permissive ;;
    1) state=enforcing ;;
  esac
  meets "$state" "$check" || now="it is $state"
  setting SELINUX selinux/config
  meets "$REPLY" "$check" || then="/etc/selinux/config: ${REPLY:-nothing}"
  ! grep -Eqs '^[^#]*(selinux|enforcing)=0' "$ROOT"/etc/default/grub "$ROOT"/boot/loader/entries/*.conf || then='the boot loader switches it off'
  both "$state" "$now" "$then"
}
