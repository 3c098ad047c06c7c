# shellcheck shell=bash
# needs: kinds/both kinds/setting
PAM_FILES=(pam.d/common-auth pam.d/common-password pam.d/system-auth pam.d/password-auth)

# Whether PAM calls a module so: an extended expression.
pam_has() { (cd "$ROOT/etc" && grep -Eqs "^[^#]*$1" "${PAM_FILES[@]}"); }

# pam_setting <module> <key> <default> <file>…: an argument of the module goes before its file.
pam_setting() {
  setting "[^#]*$1\.so.*\s$2" "${PAM_FILES[@]}"
  [[ -n $REPLY ]] || setting "$2" "${@:4}"
  REPLY=${REPLY:-$3}
}
