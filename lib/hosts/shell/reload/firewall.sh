# shellcheck shell=bash
# needs: kinds/jail.fix
# A configuration that fail2ban rejects leaves it dead after the restart.
reload_fail2ban() {
  systemctl is-active --quiet fail2ban.service || return 0
  REPLY=fail2ban_rejects
  fail2ban-client -t || return 1
  systemctl restart fail2ban.service || return 1
  for _ in {1..100}; do
    fail2ban-client ping >/dev/null 2>&1 && has_begun && return 0
    sleep 0.1
  done
  REPLY=fail2ban_silent
  return 1
}

# Whether it runs with the findtime that its files give it, though it began with another.
has_begun() {
  [[ -e $JAIL_START ]] || return 0
  [[ $(jail_says sshd findtime) == 1 ]] && rm -f "$JAIL_START" || return 1
  read_jail sshd
  seconds_of "${JAIL[findtime]-600}"
  fail2ban-client set sshd findtime "$REPLY" >/dev/null
}
