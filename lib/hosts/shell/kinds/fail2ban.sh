# shellcheck shell=bash
# needs: kinds/unit-state
# fail2ban, or another that does the same, runs and will run.

audit_fail2ban() {
  local each
  # The archives of Amazon Linux and Red Hat have none of them.
  [[ -n ${FACT[debian]-}${FACT[fail2ban]-} ]] || { na 'this distribution has none' && return; }
  for each in crowdsec sshguard fail2ban; do
    unit_state "$each.service"
    [[ $REPLY != enabled\ active ]] || { pass "$each" && return; }
  done
  fail "${REPLY#* }" false "fail2ban is $REPLY"
}
