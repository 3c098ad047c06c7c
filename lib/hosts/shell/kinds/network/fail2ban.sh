# shellcheck shell=bash
# needs: kinds/unit-state
# fail2ban, or another that does the same, runs and will run.

audit_fail2ban() {
  local each
  # The archives of Amazon Linux and Red Hat have none of them.
  [[ -n ${FACT[debian]-}${FACT[fail2ban]-} ]] || { na 'this distribution has none' && return; }
  # crowdsec itself only decides: what bans is its bouncer.
  for each in crowdsec-firewall-bouncer sshguard fail2ban; do
    unit_state "$each.service"
    [[ $REPLY != enabled\ active ]] || { pass "$each" && return; }
  done
  fail "${REPLY#* }" false "fail2ban is $REPLY"
}
