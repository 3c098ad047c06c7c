# shellcheck shell=bash
# needs: login/accounts login/ways
# Who can log in, by what sshd itself says: before a change, and with the candidate of a change.

ORIGINS=() MATCHED_USERS='' MATCHED_GROUPS=''
SSHD_ARGUMENTS=() PAM_BEFORE=no TOLD=''
declare -A LOGIN=() SAID=() COULD=() WAYS_BEFORE=()

# From where logins are judged: the host itself, anywhere, and whatever each Match block asks for.
login_origins() {
  ORIGINS=('host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22' "$ANYWHERE")
  MATCHED_USERS='' MATCHED_GROUPS=''
  # A document that does not look for Match blocks asks for each account by itself.
  if knows match_origins; then match_origins; else MATCHED_USERS='*'; fi
}

# Whether a Match block may tell an account from others; for all that it does not one answer of sshd does.
is_matched() {
  local group
  in_list "$1" "$MATCHED_USERS" && return
  [[ -n $MATCHED_GROUPS ]] || return
  groups_of "$1"
  for group in $REPLY; do in_list "$group" "$MATCHED_GROUPS" && return; done
  return 1
}

# read_login <account> <configuration> <origin>: what sshd says, in LOGIN; values of options with several lines are joined.
read_login() {
  local option value user=plumbline-nobody key
  ! is_matched "$1" || user=$1
  key="$user $2 $3"
  [[ -n ${SAID[$key]+x} ]] || SAID[$key]=$(in_root /usr/sbin/sshd -T ${SSHD_ARGUMENTS[@]+"${SSHD_ARGUMENTS[@]}"} -f "$2" -C "user=$user,$3" 2>/dev/null)
  # A hundred lines, and mostly those of the account before.
  if [[ $TOLD != "${SAID[$key]}" ]]; then
    TOLD=${SAID[$key]} LOGIN=()
    while read -r option value; do
      [[ -z $option ]] || LOGIN[$option]="${LOGIN[$option]:+${LOGIN[$option]} }$value"
    done <<<"$TOLD"
  fi
  [[ -n ${LOGIN[port]-} ]]
}

# Remembers how each account can log in now.
note_logins() {
  local user origin
  login_users
  login_origins
  COULD=() WAYS_BEFORE=() SAID=()
  for origin in "${ORIGINS[@]}"; do
    for user in "${USERS[@]}"; do
      ways_in "$user" /etc/ssh/sshd_config "$origin"
      WAYS_BEFORE["$user $origin"]=$REPLY
      [[ -z $REPLY ]] || COULD[$user]+=" $REPLY"
    done
  done
  read_login plumbline-nobody /etc/ssh/sshd_config "${ORIGINS[0]}"
  PAM_BEFORE=${LOGIN[usepam]-no}
}

# Whether everybody who could log in still can with a configuration, and nobody else; else REPLY names the reason. What
# sshd said of it before counts until SAID is emptied.
keeps_logins() {
  local user origin root_lost inside
  for origin in "${ORIGINS[@]}"; do
    root_lost='' inside=()
    for user in "${USERS[@]}"; do
      ways_in "$user" "$1" "$origin"
      [[ $user == root || $REPLY != *@(key|password)* ]] || inside+=("$user")
      keeps_ways "$user" "${WAYS_BEFORE["$user $origin"]-}" "$REPLY" && continue
      [[ $REPLY == locks_out:root ]] || return 1
      root_lost=$REPLY
    done
    [[ -z $root_lost ]] || somebody_is_root "${inside[@]}" || { REPLY=$root_lost && return 1; }
  done
}

# Root may lose its own login where somebody of these becomes root for sure.
somebody_is_root() {
  local user
  for user in "$@"; do
    becomes_root "$user" || continue
    REPLY=
    if [[ ${LOGIN[usepam]-no} == yes ]]; then pam_refuses "$user"; else ! account_ended "$user" || continue; fi
    [[ -n $REPLY ]] || return 0
  done
  return 1
}

# keeps_ways <account> <ways before> <ways then>: what is lost must be there by a way that is as good, and no new one opens.
keeps_ways() {
  local way
  for way in $2; do
    [[ " $3 " == *" $way "* || ($way != kerberos && " $3 " == *' key '*) ]] || { lost_way "$1" "$way" "$3" && return 1; }
  done
  for way in $3; do
    REPLY=opens:$1:$way
    [[ " $2 " == *" $way "* || ($way == limited && " $2 " == *' key '*) ]] || return 1
  done
  [[ $PAM_BEFORE == no && ${LOGIN[usepam]-no} == yes && -n $3 ]] || return 0
  pam_refuses "$1"
  if [[ -z $REPLY ]] && [[ $3 == *password* ]]; then pam_asks_otherwise || REPLY=; fi
  REPLY=${REPLY:+locks_out:$1:$REPLY}
  [[ -z $REPLY ]]
}

lost_way() {
  REPLY=locks_out:$1
  if [[ ${LOGIN[authenticationmethods]-any} != any ]]; then
    REPLY+=:authentication_methods
  elif [[ $2 == hosts ]]; then
    REPLY+=:host_based
  elif [[ $2 == limited || " $3 " == *' limited '* ]]; then
    REPLY+=:limited_key
  fi
}
