# shellcheck shell=bash
# needs: kinds/jail

JAIL_OURS=/etc/fail2ban/jail.d/plumbline.conf

packages_jail() {
  local python=("$ROOT"/usr/lib{,64}/python3*/@(dist|site)-packages/systemd)
  [[ -x $ROOT/usr/bin/fail2ban-client ]] || PACKAGES+=(fail2ban)
  ((${#python[@]})) || PACKAGES+=(python3-systemd)
}

# Without rsyslog there is no log file: from the journal it always reads. What is good in the files stays as it is.
write_jail() {
  local jail=$1 setting name check target ports
  read_jail "$jail"
  {
    printf '%s\n' '# Written by Plumbline; changed by it only.' "[$jail]" 'enabled = true' 'backend = systemd'
    for setting in "${@:2}"; do
      read -r name check target <<<"$setting"
      seconds_of "${JAIL[$name]-}"
      jail_meets "$name" "$REPLY" "$check" || bounded "$target" "$check"
      printf '%s = %s\n' "$name" "$REPLY"
    done
    # Whom others have excepted, a bastion for one, stays excepted.
    grep -qs '^[[:space:]]*ignoreip' "$ROOT"/etc/fail2ban/jail.@(conf|local) "$ROOT"/etc/fail2ban/jail.d/!(plumbline.conf) || echo 'ignoreip = 127.0.0.1/8 ::1'
    ports="${SSH_PORTS[*]-}"
    [[ $jail != sshd || -z $ports ]] || printf 'port = %s\n' "${ports// /,}"
    [[ -e $ROOT/usr/sbin/iptables || -e $ROOT/sbin/iptables ]] || echo 'banaction = nftables[type=multiport]'
  } | own_file "$JAIL_OURS" 644 root:root
}

# Started, fail2ban bans for the failures of the last findtime, those of an administrator among them. It starts with one of
# a second, and is told the right one as soon as it runs.
JAIL_START=/etc/fail2ban/jail.d/zz-plumbline-start.local
begin_now() {
  [[ $DRY == no && -z $ROOT ]] || return 0
  journal run rm -f "$JAIL_START"
  printf '%s\n' '[sshd]' 'findtime = 1' >"$JAIL_START" || refuse "$CONTROL" "not_written:$JAIL_START"
}

start_fail2ban() {
  begin_now && unit_on fail2ban.service && activate fail2ban
}

fix_jail() { write_jail "$@" && start_fail2ban; }
