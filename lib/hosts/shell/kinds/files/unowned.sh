# shellcheck shell=bash
# needs: kinds/deep
audit_unowned() {
  deep_find '(' -nouser -o -nogroup ')' && listed 'no account has' "${FOUND[@]}"
}
