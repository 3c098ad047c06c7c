# shellcheck shell=bash
# needs: kinds/sysctl
# Dumps of privileged programs go nowhere, or to a program that keeps them from others; users' dumps are limited to none.

# Whether limits.conf sets a hard limit of 0 for everybody's dumps; a later line wins, and files beside it come later.
core_limit() {
  local path line
  REPLY=
  for path in "$ROOT/etc/security/limits.conf" "$ROOT"/etc/security/limits.d/*.conf; do
    while read -r line || [[ -n $line ]]; do
      [[ $line =~ ^\*[[:space:]]+(hard|-)[[:space:]]+core[[:space:]]+([^[:space:]]+) ]] && REPLY="${BASH_REMATCH[2]} ${path#"$ROOT"}"
    done <"$path"
  done
} 2>/dev/null

audit_core_dumps() {
  local dumpable pattern
  unread sysctls && read_sysctls
  runtime_sysctl kernel/core_pattern
  pattern=$REPLY
  runtime_sysctl fs/suid_dumpable
  dumpable=$REPLY
  core_limit
  if [[ -z $dumpable ]]; then
    na 'this kernel has no fs.suid_dumpable'
  elif [[ $dumpable != 0 && ($dumpable != 2 || $pattern != '|'*) ]]; then
    fail "$dumpable" false "fs.suid_dumpable is $dumpable, wanted 0"
  elif [[ ${REPLY%% *} != 0 ]]; then
    fail "$dumpable" false "${REPLY#* }${REPLY:+ allows dumps: }wanted \"* hard core 0\" in /etc/security/limits.d"
  elif sysctl_contradiction fs/suid_dumpable "@0,$dumpable" 0; [[ -n $REPLY ]]; then
    fail "$dumpable" false "$REPLY"
  else
    pass "$dumpable"
  fi
}
