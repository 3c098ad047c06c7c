# shellcheck shell=bash
# needs: kinds/faillock never/accounts
# Only its file: whoever writes into the stack of PAM by hand may lock everybody out.

fix_faillock() {
  local file=/etc/security/faillock.conf unlock
  pam_has 'pam_faillock\.so.*authfail' || refuse "$CONTROL" not_in_pam:pam_faillock || return
  case ${WHY[$CONTROL]} in 'PAM '*) refuse "$CONTROL" not_in_pam:pam_faillock || return ;; esac
  ! pam_has 'pam_faillock.*(even_deny_root|deny=|unlock_time=|conf=)' || refuse "$CONTROL" pam_argument:pam_faillock || return
  read_faillock
  meets "$REPLY" "$2..86400" && unlock=$REPLY || unlock=$2
  meets "$DENY" "1..$1" || DENY=$1
  {
    grep -Ev '^\s*(even_deny_root|(deny|unlock_time)(\s|=))' "$ROOT$file" 2>/dev/null
    printf '%s\n' "deny = $DENY" "unlock_time = $unlock"
  } | replace_file "$file"
}
