# shellcheck shell=bash
# needs: kinds/sshd
# Who may log in is limited for everybody who can, by one of the four lists.
audit_sshd_access() {
  local list user found='' open=''
  unread sshd && read_sshd
  if [[ -n $SSHD_ERROR ]]; then
    unknown "sshd -T: $SSHD_ERROR" && return
  fi
  for user in "${SSHD_USERS[@]}"; do
    list=''
    for REPLY in allowusers allowgroups denyusers denygroups; do
      # One "*" among them lets everybody in.
      [[ -n ${SSHD["$user $REPLY"]-} && " ${SSHD["$user $REPLY"]} " != *\ +([*?])?(@+([*?]))\ * ]] && list+="${list:+ }$REPLY"
    done
    [[ -n $list ]] && found=$list || open=${open:-$user}
  done
  if [[ -z $found ]]; then
    fail none false 'every account with a shell may log in: none of AllowUsers, AllowGroups, DenyUsers, DenyGroups is set'
  elif [[ -n $open ]]; then
    fail "$found" false "a Match block lifts the limits for $open"
  elif [[ -n $SSHD_OTHERS ]]; then
    unknown "another SSH server runs: $SSHD_OTHERS"
  else
    pass "$found"
  fi
}
