# shellcheck shell=bash
# needs: kinds/pam
# passwords <shortest>: how new ones are kept, and how long they are; programs without PAM go by login.defs.

read_passwords() {
  # The file itself is read after those beside it.
  pam_setting pam_pwquality minlen 8 "$ROOT"/etc/security/pwquality.conf.d/*.conf security/pwquality.conf
  MINLEN=$REPLY
  setting ENCRYPT_METHOD login.defs
}

audit_passwords() {
  local now='' then=''
  read_passwords
  if pam_has 'password.*pam_unix\.so.*\s(md5|bigcrypt|sha256)'; then
    now='pam_unix keeps weak hashes'
  elif ! pam_has 'password.*pam_pwquality\.so'; then
    now='PAM does not call pam_pwquality'
  fi
  meets "$REPLY" @SHA512,YESCRYPT || then="ENCRYPT_METHOD of login.defs is ${REPLY:-not set}"
  meets "$MINLEN" "$1.." || then="minlen is $MINLEN"
  both "${REPLY:-none} $MINLEN" "$now" "$then"
}
