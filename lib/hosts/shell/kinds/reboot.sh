# shellcheck shell=bash
# needs: kinds/pending-updates
# reboot <days>: no update has waited longer than that for a reboot.

audit_reboot() {
  local kernels newest release
  kernels=("$ROOT"/boot/vmlinuz-*)
  read -r release 2>/dev/null <"$ROOT/proc/sys/kernel/osrelease"
  newest=$(printf '%s\n' "${kernels[@]##*/vmlinuz-}" | grep -v rescue | sort -V | tail -n 1)
  if [[ -e $ROOT/run/reboot-required ]]; then
    age_of "$ROOT/run/reboot-required"
    newest='a package'
  elif [[ -n $newest && $newest != "$release" ]]; then
    age_of "$ROOT/boot/vmlinuz-$newest"
    newest="the kernel $newest"
  else
    pass none && return
  fi
  REPLY=${REPLY:-0}
  if ((REPLY > $1 * 86400)); then
    fail "$((REPLY / 86400)) days" false "$newest waits for a reboot"
  else
    pass "$((REPLY / 86400)) days"
  fi
}
