# shellcheck shell=bash
# needs: kinds/pam
# faillock <most guesses> <shortest wait>: whoever guesses passwords must not lock root out.

read_faillock() {
  local file=security/faillock.conf
  PAM_LINES=$(pam_lines)
  # An argument names another file.
  REPLY=$(sed -nE 's/^.*pam_faillock\.so.*\sconf=(\S+).*/\1/p' <<<"$PAM_LINES" | tail -n1)
  [[ -z $REPLY ]] || file=$ROOT$REPLY
  pam_setting pam_faillock fail_interval 900 "$file"
  INTERVAL=$REPLY
  pam_setting pam_faillock deny 3 "$file"
  DENY=$REPLY
  pam_setting pam_faillock unlock_time 600 "$file"
}

audit_faillock() {
  local why='' wait
  read_faillock
  wait=$REPLY
  if grep -Eqs '^\s*even_deny_root' "$ROOT/etc/security/faillock.conf" || pam_has 'pam_faillock.*even_deny_root'; then
    why='even_deny_root: guesses lock root out'
  elif ! pam_has '^\s*-?auth.*pam_faillock\.so.*authfail'; then
    why='PAM does not call pam_faillock'
  elif ! pam_has '^\s*-?auth\s+([^o[]|\[).*pam_faillock\.so.*(preauth|authsucc)'; then
    # Only these two turn somebody away who knows the password.
    why='PAM only counts: it calls pam_faillock with neither preauth nor authsucc'
  elif pam_waives login sshd; then
    why="PAM lets in without a password: $REPLY"
  elif pam_alone auth pam_faillock login sshd su sudo sudo-i; then
    why="PAM of $REPLY asks pam_unix without pam_faillock"
  elif ! meets "$INTERVAL" 60..; then
    why="fail_interval $INTERVAL"
  elif ! meets "$DENY" "1..$1" || ! meets "$wait" "$2..86400"; then
    why="deny $DENY, unlock_time $wait"
  fi
  both "$DENY $wait" '' "$why"
}
