# shellcheck shell=bash
# needs: login/origins
# The last word on what is written for sshd.

# allowed_sshd <path> <new content>: the whole configuration with the candidate in its place, judged by sshd itself.
allowed_sshd() {
  local trial=/run/plumbline-trial-$ID result
  REPLY=$SSH_REFUSED
  [[ -z $REPLY ]] || return 1
  [[ -x $ROOT/usr/sbin/sshd ]] || return 0
  # The first value wins: the candidate goes before all that is there. sshd_config itself is the trial.
  install -d -m 755 "$ROOT/run/sshd" && rm -f "$ROOT$trial"{,.main} && cat "$2" >"$ROOT$trial" || return 1
  if [[ $1 == /etc/ssh/sshd_config ]]; then
    judge_trial "$trial"
  else
    printf 'Include %s\n' "$trial" | cat - "$ROOT/etc/ssh/sshd_config" >"$ROOT$trial.main"
    judge_trial "$trial.main"
  fi
  result=$?
  rm -f "$ROOT$trial"{,.main}
  return "$result"
}

judge_trial() {
  local ports was
  REPLY=sshd_rejects
  SAID=()
  read_login plumbline-nobody /etc/ssh/sshd_config "${ORIGINS[0]}" || return 1
  ports=${LOGIN[port]}
  login_rules && was=$REPLY
  # What it refuses it says nothing of: why stands in the log.
  read_login plumbline-nobody "$1" "${ORIGINS[0]}" || { in_root /usr/sbin/sshd -t -f "$1"; REPLY=sshd_rejects; return 1; }
  REPLY=port_changes
  [[ ${LOGIN[port]} == "$ports" ]] || return 1
  shows_a_host_key || return 1
  login_rules
  if [[ $REPLY != "$was" ]] && ! all_accounts_listed; then
    REPLY=directory_users:$REPLY
    return 1
  fi
  keeps_logins "$1"
}

# Whether a key of the host is left that sshd may show; without one it takes no connection at all.
shows_a_host_key() {
  local file type
  for file in ${LOGIN[hostkey]-}; do
    [[ -e $ROOT$file ]] || continue
    read -r type _ < <(cat "$ROOT$file.pub" 2>/dev/null) || return 0
    [[ $type != ssh-rsa ]] || type='@(rsa-sha2-256|rsa-sha2-512|ssh-rsa)'
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ ,${LOGIN[hostkeyalgorithms]-$type}, == *,$type,* ]] && return 0
  done
  REPLY=no_host_key
  return 1
}

# What decides who gets in; an empty password is no login that anybody has to keep.
login_rules() {
  local option
  REPLY=
  for option in passwordauthentication kbdinteractiveauthentication pubkeyauthentication {allow,deny}{users,groups} hostbasedauthentication \
    ignorerhosts usepam strictmodes authenticationmethods authorizedkeysfile gssapiauthentication; do
    REPLY+="${LOGIN[$option]-} "
  done
}
