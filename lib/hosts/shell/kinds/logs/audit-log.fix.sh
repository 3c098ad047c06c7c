# shellcheck shell=bash
# needs: kinds/audit-log kinds/config.fix

fix_audit_log() {
  grep -Eqs '^[[:space:]]*-f +2' "$ROOT"/etc/audit/rules.d/*.rules && { refuse "$CONTROL" panic_in_rules || return; }
  fix_config /etc/audit/auditd.conf "$@" && activate auditd_conf
}

reload_auditd_conf() {
  ! systemctl is-active --quiet auditd.service || systemctl kill -s HUP auditd.service
}
