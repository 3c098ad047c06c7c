# shellcheck shell=bash
# What PAM may have against an account that sshd lets in. Only what is known to let everybody pass counts as harmless.

# The control and the module of each line of sshd's stack of one kind: account or auth.
pam_stack() {
  local type control module rest file=${2-sshd}
  while read -r type control rest; do
    [[ -n $type && $type != '#'* ]] || continue
    [[ $type != @include ]] || { pam_stack "$1" "$control" && continue; }
    [[ ${type#-} == "$1" ]] || continue
    if [[ $control == '['* ]]; then
      rest="$control $rest" control=${rest%%]*}] rest=${rest#*]}
    fi
    read -r module _ <<<"$rest"
    case $control in
      include | substack) pam_stack "$1" "$module" ;;
      *) printf '%s\n' "${module##*/}" ;;
    esac
  done < <(cat "$ROOT/etc/pam.d/$file" 2>/dev/null)
}

has_lines() { grep -Eqs '^[[:space:]]*[^#[:space:]]' "$@"; }

# Why PAM may refuse an account, in REPLY; empty where it does not.
pam_refuses() {
  local module
  for module in $(pam_stack account); do
    REPLY=${module%.so}
    case $REPLY in
      pam_deny | pam_permit | pam_localuser | pam_faillock) ;;
      pam_unix) account_ended "$1" && return ;;
      pam_nologin) [[ ! -e $ROOT/etc/nologin && ! -e $ROOT/run/nologin ]] || return 0 ;;
      pam_access) ! has_lines "$ROOT"/etc/security/access.conf "$ROOT"/etc/security/access.d/* || return 0 ;;
      pam_time) ! has_lines "$ROOT/etc/security/time.conf" || return 0 ;;
      *) return ;;
    esac
  done
  REPLY=
}

# Whether a password is asked for in a way that sshd alone did not.
pam_asks_otherwise() {
  local module
  for module in $(pam_stack auth); do
    REPLY=${module%.so}
    [[ $REPLY == pam_@(unix|deny|permit|env|cap|faildelay|faillock) ]] || return 0
  done
  return 1
}

# account_ended <account>: REPLY says whether it has ended, or its password, which would have to be changed first.
account_ended() {
  local changed max ends today=$(($(date +%s) / 86400))
  IFS=: read -r _ changed _ max _ _ ends _ <<<"${SHADOW_OF[$1]-}"
  REPLY=expired
  [[ ! $ends =~ ^[0-9]{1,9}$ ]] || ((today < ends)) || return 0
  REPLY=password_expired
  [[ $changed =~ ^[0-9]{1,9}$ ]] || return 1
  ((changed == 0)) || { [[ $max =~ ^[0-9]{1,9}$ ]] && ((changed + max < today)); }
}
