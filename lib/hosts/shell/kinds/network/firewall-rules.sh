# shellcheck shell=bash
# needs: kinds/firewall kinds/listeners
# firewall-rules loopback|ports|out: what the rules say of the host itself, of what listens, and of the way out.

# What listens and no rule lets anybody in to.
without_rule() {
  local each found=''
  for each in $LISTENERS; do
    names_port "$1" 'accepts input' "${each#*/}" || found+="${found:+ }$each"
  done
  REPLY=$found
}

audit_firewall_rules() {
  unread firewall && read_firewall
  if [[ $1 == out ]]; then
    now_and_later closed_ways none 'no way out to' && return
  fi
  let_in "$CHAINS_NOW"
  case $1:$NOW in
    loopback:) na 'there is no firewall' ;;
    loopback:*) audit_loopback "$REPLY" ;;
    *)
      [[ -z $REPLY ]] || { na 'what no rule names comes in' && return; }
      unread listeners && read_listeners
      trimmed "$LISTENERS"
      now_and_later without_rule "$REPLY" 'no rule for'
      ;;
  esac
}

# The kernel itself drops 127.0.0.0/8 from elsewhere, unless route_localnet is set. $1 is what comes in without a rule.
audit_loopback() {
  local path now='' later posing='(saddr|-s) (127\.0\.0\.0/8)[^'$'\n'']*(drop|DROP)'
  for path in "$ROOT"/proc/sys/net/ipv4/conf/*/route_localnet; do
    read -r REPLY <"$path"
    [[ $REPLY == 0 || $RULES =~ $posing ]] || now=${path#"$ROOT"}
  done
  [[ -n $1 || $RULES =~ iif(name)?\ \"?lo\"?\ (counter\ [^$'\n']*)?accept|-i\ lo\ -j\ ACCEPT ]] || now='no rule for lo'
  later=$(grep -Els '^[^#;]*route_localnet[[:space:]]*=[[:space:]]*1' "$ROOT"/etc/sysctl.conf "$ROOT"/{etc,run,usr/local/lib,usr/lib}/sysctl.d/*.conf)
  later=${later%%$'\n'*}
  both "${now:-ok}" "$now" "${later#"$ROOT"}"
}
