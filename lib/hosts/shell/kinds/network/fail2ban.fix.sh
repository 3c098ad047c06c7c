# shellcheck shell=bash
# needs: kinds/fail2ban kinds/jail.fix

packages_fail2ban() { packages_jail; }

fix_fail2ban() {
  [[ -e $ROOT$JAIL_OURS ]] || write_jail sshd || return
  start_fail2ban
}
