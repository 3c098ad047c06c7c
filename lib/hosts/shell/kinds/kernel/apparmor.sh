# shellcheck shell=bash
# needs: kinds/both
audit_apparmor() {
  local now='' then='' profiles
  profiles=$(grep -Ecs '\((enforce|complain)\)' "$ROOT/sys/kernel/security/apparmor/profiles")
  [[ ${profiles:-0} != 0 ]] || now='no profile is loaded'
  # One that only complains confines nothing.
  grep -qs '(enforce)' "$ROOT/sys/kernel/security/apparmor/profiles" || now=${now:-'no profile is enforced'}
  grep -qs Y "$ROOT/sys/module/apparmor/parameters/enabled" || now='the kernel has it off'
  [[ -L $ROOT/etc/systemd/system/sysinit.target.wants/apparmor.service ]] || then='apparmor.service is not enabled'
  ! grep -Eqs '^[^#]*(apparmor=0|security=[^a])' "$ROOT"/etc/default/grub{,.d/*} "$ROOT/etc/kernel/cmdline" || then='/etc/default/grub: apparmor=0'
  both "${profiles:-0} profiles" "$now" "$then"
}
