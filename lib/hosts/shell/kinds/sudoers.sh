# shellcheck shell=bash
# needs: kinds/file
audit_sudoers() {
  if [[ -e $ROOT/etc/sudoers ]] && ! in_root visudo -cqf /etc/sudoers >/dev/null 2>&1; then
    fail invalid false 'visudo -c rejects /etc/sudoers'
  else
    audit_file "$@"
  fi
}
