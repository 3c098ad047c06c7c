# shellcheck shell=bash
# needs: kinds/config
# journal '<key> <check> <target>'…: journald.conf, and that the journal really is on the disk.

audit_journal() {
  audit_config /etc/systemd/journald.conf "$@"
  [[ ${VERDICT[$CONTROL]} == FAIL || -d $ROOT/var/log/journal ]] || fail volatile true 'there is no /var/log/journal'
  # What is there is moved to the disk once it is written to.
  read -r REPLY 2>/dev/null <"$ROOT/etc/machine-id" || REPLY=-
  [[ ${VERDICT[$CONTROL]} == FAIL || ! -e $ROOT/run/log/journal/$REPLY/system.journal ]] || fail volatile true 'journald still writes to /run/log/journal'
}
