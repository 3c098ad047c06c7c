# shellcheck shell=bash
# needs: kinds/pam
# faillock <most guesses> <shortest wait>: whoever guesses passwords must not lock root out.

read_faillock() {
  PAM_LINES=$(pam_lines)
  pam_setting pam_faillock fail_interval 900 security/faillock.conf
  INTERVAL=$REPLY
  pam_setting pam_faillock deny 3 security/faillock.conf
  DENY=$REPLY
  pam_setting pam_faillock unlock_time 600 security/faillock.conf
}

audit_faillock() {
  local why=''
  read_faillock
  if grep -Eqs '^\s*even_deny_root' "$ROOT/etc/security/faillock.conf" || pam_has 'pam_faillock.*even_deny_root'; then
    why='even_deny_root: guesses lock root out'
  elif ! pam_has '^\s*-?auth.*pam_faillock\.so.*authfail'; then
    why='PAM does not call pam_faillock'
  elif ! pam_has '^\s*-?auth.*pam_faillock\.so.*(preauth|authsucc)'; then
    # Only these two turn somebody away who knows the password.
    why='PAM only counts: it calls pam_faillock with neither preauth nor authsucc'
  elif ! meets "$INTERVAL" 60..; then
    why="fail_interval $INTERVAL"
  elif ! meets "$DENY" "1..$1" || ! meets "$REPLY" "$2..86400"; then
    why="deny $DENY, unlock_time $REPLY"
  fi
  both "$DENY $REPLY" '' "$why"
}
