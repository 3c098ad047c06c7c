# shellcheck shell=bash
# needs: login/pam
# The ways in of an account: key, limited (a key that is bound to a command, an address or an end), password, hosts
# (host-based), kerberos.

# ways_in <account> <configuration> <origin>: in REPLY.
ways_in() {
  local root hash=${SHADOW_OF[$1]-} list method
  local -A CAN=()
  WAYS=
  hash=${hash%%:*}
  REPLY=
  if ! read_login "$1" "$2" "$3" || ! is_admitted "$1"; then REPLY='' && return; fi
  # Without PAM sshd itself refuses an account whose hash begins with "!".
  [[ ${LOGIN[usepam]-no} == yes || $hash != '!'* ]] || { REPLY='' && return; }
  root=${LOGIN[permitrootlogin]}
  [[ $1 == root ]] || root=yes
  find_methods "$1" "$hash"
  case $root in
    no) CAN=() ;;
    forced-commands-only) CAN=([limited]=${CAN[limited]-}) ;;
    yes) ;;
    *) unset 'CAN[password]' 'CAN[keyboard-interactive]' ;;
  esac
  for list in ${LOGIN[authenticationmethods]-any}; do
    if [[ $list == any ]]; then
      for method in publickey password keyboard-interactive hostbased gssapi-with-mic; do add_way "$method"; done
    else
      add_way "$list"
    fi
  done
  REPLY=${WAYS# }
}

# What each method of sshd finds: the number of keys, or "yes".
find_methods() {
  if [[ ${LOGIN[pubkeyauthentication]} == yes ]]; then
    count_keys "$1"
    CAN[publickey]=${REPLY% *} CAN[limited]=${REPLY#* }
  fi
  if [[ ${LOGIN[passwordauthentication]} == yes ]] && takes_password "$2"; then CAN[password]=yes; fi
  if [[ ${LOGIN[kbdinteractiveauthentication]-no}:${LOGIN[usepam]-no} == yes:yes ]] && takes_password "$2"; then CAN[keyboard-interactive]=yes; fi
  if [[ ${LOGIN[hostbasedauthentication]-no} == yes ]] && trusts_hosts "$1"; then CAN[hostbased]=yes; fi
  if [[ ${LOGIN[gssapiauthentication]-no} == yes && -s $ROOT/etc/krb5.keytab ]]; then CAN[gssapi-with-mic]=yes; fi
}

# The way that a list of methods is, where each of them can be had.
add_way() {
  local method way='' keys=0
  for method in ${1//,/ }; do
    case $method in
      publickey) keys=$((keys + 1)) ;;
      *) [[ -n ${CAN[${method%%:*}]-} ]] || return 0 ;;
    esac
    case $method in
      hostbased) way=hosts ;;
      gssapi*) way=kerberos ;;
    esac
  done
  if ((keys == 0)); then
    way=${way:-password}
  elif ((keys <= ${CAN[publickey]:-0})); then
    way=key
  elif ((keys <= ${CAN[publickey]:-0} + ${CAN[limited]:-0})); then
    way=limited
  else
    return 0
  fi
  [[ " $WAYS " == *" $way "* ]] || WAYS+=" $way"
}

takes_password() {
  [[ $1 == [\$_A-Za-z0-9]* || (-z $1 && ${LOGIN[permitemptypasswords]} == yes) ]]
}

is_admitted() {
  local groups='' list
  if [[ -n ${LOGIN[denygroups]-}${LOGIN[allowgroups]-} ]]; then groups_of "$1" && groups=$REPLY; fi
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

declare -A KEYS_OF=()
# How many keys of its own StrictModes lets pass, in REPLY: those that are free, and those that are bound. An authority
# that gives keys counts for many. The command of EC2 Instance Connect gives none to who only has a password.
count_keys() {
  local file files key each all=0 bound=0 home=${HOME_OF[$1]-}
  if [[ ${LOGIN[trustedusercakeys]-none} != none || ${LOGIN[authorizedkeyscommand]-none} != @(none|*eic_*|*ec2-instance-connect*) ]]; then
    REPLY='9 0' && return
  fi
  read -ra files <<<"${LOGIN[authorizedkeysfile]-.ssh/authorized_keys}"
  key="$1 ${LOGIN[strictmodes]} ${files[*]}"
  REPLY=${KEYS_OF[$key]-}
  [[ -z $REPLY ]] || return 0
  for file in "${files[@]}"; do
    file=${file//%u/$1}
    file=${file//%h/$home}
    [[ $file == /* ]] || file=$home/$file
    [[ -f $ROOT$file ]] || continue
    [[ ${LOGIN[strictmodes]} == no ]] || is_strict "$file" "$1" "$home" || continue
    # Cloud images give root a key that only says who logs in instead. Of the others the options, behind a plus.
    while read -r each; do
      all=$((all + 1)) each=${each,,}
      [[ $each != *[+[:space:],]@(command|expiry-time|from|principals)=* ]] || bound=$((bound + 1))
    done < <(sed -En '/^[[:space:]]*#|Please login as the user/d
      s/^(.*[[:space:]])?(ssh-(rsa|ed25519)|ecdsa-sha2-nistp[0-9]+|sk-[a-z0-9-]+@openssh\.com) +AAAA[A-Za-z0-9+/]{40}.*/+\1/p' "$ROOT$file")
  done
  REPLY="$((all - bound)) $bound"
  KEYS_OF[$key]=$REPLY
}

# As StrictModes asks: from the file up to the home the user's or root's, and written by nobody else.
is_strict() {
  local path=$1 all=("$1") mode owner
  while [[ $path != "$3" && $path == */* && -n ${path%/*} ]]; do
    path=${path%/*}
    all+=("$path")
  done
  while read -r mode owner; do
    [[ $owner == @("$2"|root) ]] && ((!(8#$mode & 8#022))) || return 1
  done < <(in_root stat -L -c '%a %U' "${all[@]}" 2>/dev/null || echo 777)
}

# Whether some other host may vouch for an account: one is named, and its key is known. Nobody's word counts for root but
# what stands in its own home.
trusts_hosts() {
  [[ $WITHOUT_SHELL != *" $1 "* ]] || return 1
  local home=$ROOT${HOME_OF[$1]-/} named=() known=("$ROOT"/etc/ssh/ssh_known_hosts?(2))
  [[ $1 == root ]] || named+=("$ROOT"/etc/{hosts,shosts,ssh/shosts}.equiv)
  case ${LOGIN[ignorerhosts]-yes} in
    no) named+=("$home/.rhosts" "$home/.shosts") ;;
    shosts-only) named+=("$home/.shosts") ;;
  esac
  [[ ${LOGIN[ignoreuserknownhosts]-no} == yes ]] || known+=("$home/.ssh/known_hosts")
  ((${#named[@]} && ${#known[@]})) && has_lines "${named[@]}" && has_lines "${known[@]}"
}
