# shellcheck shell=bash
reload_journald() { restart systemd-journald.service; }

# Rules that were made immutable wait for the next boot.
reload_auditd() {
  command -v augenrules >/dev/null || return 0
  [[ $(auditctl -s 2>/dev/null) != *'enabled 2'* ]] || return 0
  REPLY=audit_rules_rejected
  augenrules --load
}
