# shellcheck shell=bash
# needs: kinds/pam
# passwords <shortest>: how new ones are kept, and how long they are; programs without PAM go by login.defs.

# An argument of pam_pwquality or what its file says; the file itself is read after those beside it.
quality() { pam_setting pam_pwquality "$1" "$2" "$ROOT"/etc/security/pwquality.conf.d/*.conf security/pwquality.conf; }

read_passwords() {
  local credit
  PAM_LINES=$(pam_lines)
  quality enforcing 1
  ENFORCING=$REPLY
  quality minlen 8
  MINLEN=$REPLY
  # A positive credit makes a password with such characters shorter.
  for credit in dcredit ucredit lcredit ocredit; do
    quality "$credit" 0
    [[ ! $REPLY$MINLEN =~ ^[0-9]{1,5}$ ]] || MINLEN=$((10#$MINLEN > 10#$REPLY ? 10#$MINLEN - 10#$REPLY : 0))
  done
  setting ENCRYPT_METHOD login.defs
}

# The module is asked before pam_unix takes the password, and its no counts.
asks_quality() {
  awk '/^[ \t-]*password/ && /pam_unix\.so/ { seen = 1 } /^[ \t-]*password/ && /pam_pwquality\.so/ && !seen && !/optional|sufficient|ignore/ { ok = 1 } END { exit !ok }' <<<"$PAM_LINES"
}

audit_passwords() {
  local now='' then='' method
  read_passwords
  method=$REPLY
  if pam_has 'password.*pam_unix\.so.*\s(md5|bigcrypt|sha256)'; then
    now='pam_unix keeps weak hashes'
  elif ! pam_has 'password.*pam_pwquality\.so'; then
    now='PAM does not call pam_pwquality'
  elif ! asks_quality; then
    now='PAM does not heed pam_pwquality'
  elif pam_alone password pam_pwquality passwd; then
    now='PAM of passwd calls pam_unix alone'
  fi
  meets "$method" @SHA512,YESCRYPT || then="ENCRYPT_METHOD of login.defs is ${method:-not set}"
  meets "$MINLEN" "$1.." || then="minlen is $MINLEN"
  [[ $ENFORCING != 0 ]] || then='pam_pwquality only warns: enforcing is 0'
  both "${method:-none} $MINLEN" "$now" "$then"
}
