# shellcheck shell=bash
# needs: kinds/config kinds/auditd
# audit-log '<key> <check> <target>'…: auditd.conf, and that nothing panics where a message is lost.

audit_audit_log() {
  if grep -Eqs '^[[:space:]]*-f[[:space:]]*2' "$ROOT"/etc/audit/rules.d/*.rules; then
    fail panic false 'the rules ask the kernel to panic (-f 2)'
  elif [[ $(audit_status) == *'failure 2'* ]]; then
    fail panic true 'the kernel is told to panic (-f 2)'
  elif REPLY=$(grep -Eim1 '^\s*[a-z_]+_action\s*=\s*(halt|single|exec\s.*(halt|poweroff|shutdown|reboot))' "$ROOT/etc/audit/auditd.conf" 2>/dev/null); then
    fail "${REPLY##*= }" false "the host may be halted: $REPLY"
  else
    audit_config /etc/audit/auditd.conf "$@"
  fi
}
