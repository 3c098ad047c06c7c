# shellcheck shell=bash
# needs: kinds/config
# journal '<key> <check> <target>'…: journald.conf, and that the journal really is on the disk.

audit_journal() {
  audit_config /etc/systemd/journald.conf "$@"
  [[ ${VERDICT[$CONTROL]} == FAIL || -d $ROOT/var/log/journal ]] || fail volatile true 'there is no /var/log/journal'
}
