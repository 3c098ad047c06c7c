# shellcheck shell=bash
# needs: kinds/sshd
# Who may log in is limited for everybody who can, by one of the four lists.

# Whether a list lets everybody in from everywhere, by one of its words.
lets_all_in() { [[ " $1 " == *\ +([*?])?(@@(+([*?])|0.0.0.0/0|::/0))\ * ]]; }

audit_sshd_access() {
  local list user found='' open=''
  unread sshd && read_sshd
  if [[ -n $SSHD_ERROR ]]; then
    unknown "sshd -T: $SSHD_ERROR" && return
  fi
  for user in "${SSHD_USERS[@]}"; do
    list=''
    for REPLY in allowusers allowgroups denyusers denygroups; do
      [[ -n ${SSHD["$user $REPLY"]-} ]] && ! lets_all_in "${SSHD["$user $REPLY"]}" && list+="${list:+ }$REPLY"
    done
    [[ -n $list ]] && found=$list || open=${open:-$user}
  done
  # A block by address, too, that no user meets here: its list stands in for the one of the same name.
  for list in allowusers allowgroups; do
    [[ $found == "$list" ]] || continue
    while read -r REPLY; do
      ! lets_all_in "${REPLY%% /*}" || open=${REPLY##* Match }
    done <<<"${SSHD_MATCH[$list]-}"
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
