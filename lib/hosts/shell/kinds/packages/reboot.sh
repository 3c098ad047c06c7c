# shellcheck shell=bash
# needs: kinds/pending-updates
# reboot <days>: no update has waited longer than that for a reboot.

audit_reboot() {
  local kernels newest release asked=''
  kernels=("$ROOT"/boot/vmlinuz-*)
  read -r release 2>/dev/null <"$ROOT/proc/sys/kernel/osrelease"
  newest=$(printf '%s\n' "${kernels[@]##*/vmlinuz-}" | grep -v rescue | sort -V | tail -n 1)
  if [[ -e $ROOT/run/reboot-required ]]; then
    age_of "$ROOT/run/reboot-required"
    asked=${REPLY:-0}
  fi
  # Each package that asks makes that file anew: a kernel may have waited for longer.
  REPLY=''
  [[ -z $newest || $newest == "$release" ]] || age_of "$ROOT/boot/vmlinuz-$newest"
  if [[ -z $asked$REPLY ]]; then
    pass none && return
  elif ((${REPLY:-0} > ${asked:-0})); then
    newest="the kernel $newest"
  else
    REPLY=${asked:-$REPLY}
    [[ -z $asked ]] && newest="the kernel $newest" || newest='a package'
  fi
  if ((REPLY > $1 * 86400)); then
    fail "$((REPLY / 86400)) days" false "$newest waits for a reboot"
  else
    pass "$((REPLY / 86400)) days"
  fi
}
