# shellcheck shell=bash
# needs: kinds/both kinds/setting
PAM_FILES=(pam.d/common-auth pam.d/common-password pam.d/system-auth pam.d/password-auth)

# The lines of PAM without comments, which begin anywhere.
pam_lines() {
  (cd "$ROOT/etc" && sed -s 's/#.*//' "${PAM_FILES[@]}" 2>/dev/null)
}

# Whether PAM calls a module so: an extended expression.
pam_has() { grep -Eq "$1" <<<"$PAM_LINES"; }

# pam_setting <module> <key> <default> <file>…: an argument of the module goes before its file.
pam_setting() {
  REPLY=$(sed -nE "s/^.*$1\.so.*\s$2(=|\s+)(\S+).*/\2/p" <<<"$PAM_LINES" | tail -n1)
  [[ -n $REPLY ]] || setting "$2" "${@:4}"
  REPLY=${REPLY:-$3}
}
