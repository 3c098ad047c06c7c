# shellcheck shell=bash
# Who can log in, by what sshd itself says: before a change, and with the candidate of a change.

# Every account with a shell, not only those of people: whoever can log in before must be able to afterwards.
login_users() {
  local user shell
  USERS=()
  while IFS=: read -r user _ _ _ _ _ shell; do
    [[ $user =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]*$ && $shell != */@(nologin|false|sync|shutdown|halt) ]] && USERS+=("$user")
  done <"$ROOT/etc/passwd"
}

# What a configuration says for a user, in LOGIN; values of options with several lines are joined.
read_login() {
  local option value
  LOGIN=()
  while read -r option value; do
    LOGIN[$option]="${LOGIN[$option]:+${LOGIN[$option]} }$value"
  done < <(in_root /usr/sbin/sshd -T -f "$2" -C "user=$1,host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22" 2>/dev/null)
  [[ -n ${LOGIN[port]-} ]]
}

# can_log_in <user> <configuration>: REPLY says how.
can_log_in() {
  local -A LOGIN
  local line name hash='' home='' root_login
  REPLY=
  read_login "$1" "$2" || return 1
  while IFS=: read -r name line _; do [[ $name != "$1" ]] || hash=$line; done <"$ROOT/etc/shadow"
  while IFS=: read -r name _ _ _ _ line _; do [[ $name != "$1" ]] || home=$line; done <"$ROOT/etc/passwd"
  root_login=${LOGIN[permitrootlogin]}
  is_admitted "$1" || return 1
  # Without PAM sshd itself refuses an account whose hash begins with "!".
  [[ ${LOGIN[usepam]-no} == yes || $hash != '!'* ]] || return 1
  [[ $1 != root || $root_login == @(yes|prohibit-password|without-password) ]] || return 1
  if [[ ${LOGIN[pubkeyauthentication]} == yes ]] && has_key "$1" "$home"; then REPLY=key; fi
  if takes_password "$hash" && [[ $1 != root || $root_login == yes ]]; then REPLY+="${REPLY:+ }password"; fi
  [[ -n $REPLY ]]
}

takes_password() {
  [[ $1 == [\$_A-Za-z0-9]* || (-z $1 && ${LOGIN[permitemptypasswords]} == yes) ]] || return 1
  [[ ${LOGIN[passwordauthentication]} == yes || (${LOGIN[kbdinteractiveauthentication]-no} == yes && ${LOGIN[usepam]-no} == yes) ]]
}

is_admitted() {
  local groups list
  groups=$(in_root id -Gn "$1" 2>/dev/null)
  in_list "$1" "${LOGIN[denyusers]-}" && return 1
  for list in $groups; do in_list "$list" "${LOGIN[denygroups]-}" && return 1; done
  [[ -z ${LOGIN[allowusers]-} ]] || in_list "$1" "${LOGIN[allowusers]}" || return 1
  [[ -n ${LOGIN[allowgroups]-} ]] || return 0
  for list in $groups; do in_list "$list" "${LOGIN[allowgroups]}" && return 0; done
  return 1
}

# Whether a name matches one of the patterns; where one also asks for a host it counts as a match.
in_list() {
  local pattern patterns
  read -ra patterns <<<"$2"
  for pattern in ${patterns[@]+"${patterns[@]}"}; do
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ $1 == ${pattern%%@*} ]] && return 0
  done
  return 1
}

# A key of one's own that StrictModes lets pass, or an authority that gives keys. The command of EC2 Instance Connect,
# which Amazon Linux and Ubuntu bring, gives none to who only has a password.
has_key() {
  local file files
  [[ ${LOGIN[trustedusercakeys]-none} == none ]] || return 0
  [[ ${LOGIN[authorizedkeyscommand]-none} == none || ${LOGIN[authorizedkeyscommand]} == *@(eic_|ec2-instance-connect)* ]] || return 0
  read -ra files <<<"${LOGIN[authorizedkeysfile]-.ssh/authorized_keys}"
  for file in "${files[@]}"; do
    file=${file//%u/$1}
    file=${file//%h/$2}
    [[ $file == /* ]] || file=$2/$file
    [[ -f $ROOT$file ]] || continue
    [[ ${LOGIN[strictmodes]} == no ]] || is_strict "$file" "$1" "$2" || continue
    # A key that starts a command or ends by itself logs nobody in: cloud images give root such a one.
    grep -Ev '^[[:space:]]*#|(^|[ ,])(command|expiry-time)=' "$ROOT$file" |
      grep -Eq '(ssh-(rsa|ed25519)|ecdsa-sha2-nistp[0-9]+|sk-[a-z0-9-]+@openssh\.com) +AAAA[A-Za-z0-9+/]{40}' && return 0
  done
  return 1
}

# As StrictModes asks: from the file up to the home the user's or root's, and written by nobody else.
is_strict() {
  local path=$1 mode owner
  while :; do
    read -r mode owner < <(in_root stat -L -c '%a %U' "$path" 2>/dev/null) || return 1
    [[ $owner == "$2" || $owner == root ]] && ((!(8#$mode & 8#022))) || return 1
    [[ $path != "$3" && $path == */* && -n ${path%/*} ]] || return 0
    path=${path%/*}
  done
}

declare -A COULD=()
# Remembers how each account can log in now.
note_logins() {
  local user
  login_users
  COULD=()
  for user in "${USERS[@]}"; do
    can_log_in "$user" /etc/ssh/sshd_config && COULD[$user]=$REPLY
  done
  return 0
}

# Whether everybody who could log in still can with a configuration; else REPLY names the reason.
keeps_logins() {
  local user others=no root_lost=no
  for user in ${COULD[@]+"${!COULD[@]}"}; do
    if can_log_in "$user" "$1"; then
      [[ $user == root ]] || ! is_admin "$user" || others=yes
    elif [[ $user == root ]]; then
      root_lost=yes
    else
      REPLY=locks_out:$user
      return 1
    fi
  done
  REPLY=locks_out:root
  [[ $root_lost == no || $others == yes ]]
}

# Whether an account can become root, so that root itself need not log in.
is_admin() {
  [[ " $(in_root id -Gn "$1" 2>/dev/null) " == *\ @(sudo|wheel|admin)\ * ]] ||
    grep -Eqs "^[[:space:]]*$1[[:space:]]+[^#]*ALL" "$ROOT/etc/sudoers" "$ROOT"/etc/sudoers.d/*
}

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
  local -A LOGIN
  local ports access
  REPLY=sshd_rejects
  in_root /usr/sbin/sshd -t -f "$1" || return 1
  read_login root /etc/ssh/sshd_config || return 1
  ports=${LOGIN[port]}
  login_rules && access=$REPLY
  REPLY=port_changes
  read_login root "$1" && [[ ${LOGIN[port]} == "$ports" ]] || return 1
  login_rules
  # Accounts of a directory can not be listed: nobody knows who of them has a key.
  if [[ $REPLY != "$access" ]] && grep -Eqs '^passwd:.*(sss|ldap|winbind)' "$ROOT/etc/nsswitch.conf"; then
    REPLY=directory_users
    return 1
  fi
  keeps_logins "$1"
}

login_rules() {
  local option
  REPLY=
  for option in passwordauthentication kbdinteractiveauthentication pubkeyauthentication allowusers allowgroups denyusers denygroups; do
    REPLY+="${LOGIN[$option]-} "
  done
}
