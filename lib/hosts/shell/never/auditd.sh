# shellcheck shell=bash
# A host that stops when its log is full is stopped by whoever fills the log.
allowed_auditd() {
  REPLY=audit_halts
  ! added "$1" "$2" | grep -Eiq '^[^#]*_action[[:space:]]*=[[:space:]]*(halt|single)'
}
