# shellcheck shell=bash
# A configuration that fail2ban rejects leaves it dead after the restart.
reload_fail2ban() {
  local try
  systemctl is-active --quiet fail2ban.service || return 0
  REPLY=fail2ban_rejects
  fail2ban-client -t || return 1
  systemctl restart fail2ban.service || return 1
  for try in {1..30}; do
    fail2ban-client ping >/dev/null 2>&1 && return 0
    sleep 0.1
  done
  return 1
}
