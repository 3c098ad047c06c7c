# shellcheck shell=bash
# needs: kinds/passwords install never/accounts
# PAM itself is left as it is: its packages write it.

# A file of /etc with one setting, on stdout: $1 file, $2 key, $3 its line.
with_setting() {
  grep -Ev "^\s*$2(\s|=|\$)" "$ROOT$1" 2>/dev/null
  printf '%s\n' "$3"
}

packages_passwords() {
  [[ ${WHY[$CONTROL]} != *pam_pwquality || -z ${FACT[debian]-} ]] || PACKAGES+=(libpam-pwquality)
}

fix_passwords() {
  read_passwords
  meets "$REPLY" @SHA512,YESCRYPT ||
    with_setting /etc/login.defs ENCRYPT_METHOD 'ENCRYPT_METHOD SHA512' | replace_file /etc/login.defs || return
  if ! meets "$MINLEN" "$1.."; then
    ! pam_has 'pam_pwquality.*minlen' || refuse "$CONTROL" pam_argument:minlen || return
    with_setting /etc/security/pwquality.conf minlen "minlen = $1" | replace_file /etc/security/pwquality.conf || return
  fi
  audit_passwords "$1"
  case ${WHY[$CONTROL]} in
    *weak*) refuse "$CONTROL" pam_argument:pam_unix ;;
    *call*) refuse "$CONTROL" not_in_pam:pam_pwquality ;;
  esac
}
