# shellcheck shell=bash
# needs: kinds/sysctl
# Dumps of privileged programs go nowhere, or to a program that keeps them from others; users' dumps are limited to none.

# The hard limit of everybody's dumps, and in whose file, in REPLY; a later line wins, and files beside limits.conf come
# later. In CORE_OTHERS the line of a user or a group whose limit is another: it goes before everybody's.
core_limit() {
  local path domain type item value
  REPLY='' CORE_OTHERS=''
  for path in "$ROOT/etc/security/limits.conf" "$ROOT"/etc/security/limits.d/*.conf; do
    while read -r domain type item value _ || [[ -n $domain ]]; do
      # "-" alone takes somebody out of all limits.
      [[ $domain == '#'* || $type != - || -n $item ]] || CORE_OTHERS="${path#"$ROOT"} allows dumps: $domain -"
      [[ $domain != '#'* && $type == @(hard|-) && $item == core ]] || continue
      if [[ $domain == '*' ]]; then
        REPLY="$value ${path#"$ROOT"}"
      elif [[ $value != 0 ]]; then
        CORE_OTHERS="${path#"$ROOT"} allows dumps: $domain $type core $value"
      fi
    done <"$path"
  done
} 2>/dev/null

# Why PAM does not go by these files, in REPLY, or nothing.
limits_unread() {
  REPLY=''
  [[ -d $ROOT/etc/pam.d ]] || return 0
  REPLY=$(grep -Ehs '^[^#]*session.*pam_limits\.so' "$ROOT"/etc/pam.d/* /dev/null)
  case $REPLY in
    '') REPLY='PAM does not call pam_limits' ;;
    *[[:space:]]conf=*) REPLY='PAM has pam_limits read another file' ;;
    *) REPLY='' ;;
  esac
}

audit_core_dumps() {
  local dumpable pattern limit
  unread sysctls && read_sysctls
  runtime_sysctl kernel/core_pattern
  pattern=$REPLY
  runtime_sysctl fs/suid_dumpable
  dumpable=$REPLY
  core_limit
  limit=$REPLY
  limits_unread
  if [[ -z $dumpable ]]; then
    na 'this kernel has no fs.suid_dumpable'
  elif [[ $dumpable != 0 && ($dumpable != 2 || $pattern != '|'*) ]]; then
    fail "$dumpable" false "fs.suid_dumpable is $dumpable, wanted 0"
  elif [[ -n $REPLY ]]; then
    fail "$dumpable" false "$REPLY"
  elif [[ ${limit%% *} != 0 ]]; then
    fail "$dumpable" false "${limit#* }${limit:+ allows dumps: }wanted \"* hard core 0\" in /etc/security/limits.d"
  elif [[ -n $CORE_OTHERS ]]; then
    fail "$dumpable" false "$CORE_OTHERS"
  elif sysctl_contradiction fs/suid_dumpable "@0,$dumpable" 0; [[ -n $REPLY ]]; then
    fail "$dumpable" false "$REPLY"
  elif persisted_sysctl kernel/core_pattern; [[ $dumpable == 2 && -n $REPLY && $REPLY != '|'* ]]; then
    fail "$dumpable" false "$SYSCTL_WHERE sends dumps of privileged programs to a file"
  else
    pass "$dumpable"
  fi
}
