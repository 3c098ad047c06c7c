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
  [[ $(jail_says sshd findtime) == 1 ]] && reads_journal sshd && rm -f "$JAIL_START" || return 1
  read_jail sshd
  seconds_of "${JAIL[findtime]-600}"
  fail2ban-client set sshd findtime "$REPLY" >/dev/null
}

# reads_journal <jail>: the thread that reads for it is there, and waits for entries at each of five looks. When it starts, which is
# late on a busy host, it finds its place in the journal by the findtime of that moment; it says so to nobody.
reads_journal() {
  local tasks task
  tasks=/proc/$(systemctl show -P MainPID fail2ban.service)/task
  for task in "$tasks"/*; do
    [[ $(cat "$task/comm" 2>/dev/null) == f2b/f."$1" ]] || continue
    for _ in {1..5}; do
      grep -qs ') S ' "$task/stat" || return 1
      sleep 0.2
    done
    return 0
  done
  # Without libcap fail2ban gives its threads no names.
  grep -qs '^f2b/' "$tasks"/*/comm && return 1
  sleep 5
  ! grep -qs '^f2b/' "$tasks"/*/comm
}
