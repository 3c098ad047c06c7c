# shellcheck shell=bash
# needs: kinds/both kinds/firewall-chains facts/network
# firewall one|deny|boot: who lets packets in, now and after the next boot.

# nft cannot print all that iptables-save does.
firewall_now() {
  in_root nft list ruleset
  in_root iptables-save
  in_root ip6tables-save
} 2>/dev/null

starts_at_boot() {
  local links=("$ROOT"/etc/systemd/system/*.@(wants|requires)/"$1.service")
  ((${#links[@]}))
}

# The files that units read at boot, as rules too.
firewall_later() {
  local etc=$ROOT/etc policies
  if starts_at_boot ufw && grep -qx ENABLED=yes "$etc/ufw/ufw.conf"; then
    policies=$(sed -En 's/^DEFAULT_((IN|OUT)PUT)_POLICY="?(DROP|REJECT).*/:\1 DROP/p' "$etc/default/ufw")
    printf '# Gen\n%s\n' "$policies" '-A INPUT -j ufw-before-input' '-A INPUT -j ufw-user-input' && cat "$etc"/ufw/{before,user}.rules
    grep -qx IPV6=no "$etc/default/ufw" || { printf '# Gen ip6\n%s\n' "$policies" '-A INPUT -j ufw6-before-input' '-A INPUT -j ufw6-user-input' && cat "$etc"/ufw/{before,user}6.rules; }
  fi
  if starts_at_boot firewalld; then
    policies=$(sed -n 's/^DefaultZone=//p' "$etc/firewalld/firewalld.conf")
    cat {"$etc","$ROOT/usr/lib"}"/firewalld/zones/${policies:-public}.xml" | grep -q '<zone.*target="ACCEPT"' && policies=accept || policies=drop
    printf '%s\n' 'table inet firewalld {' 'chain input {' "hook input; policy $policies" '}' '}'
  fi
  starts_at_boot nftables && cat "$etc"/{nftables.conf,sysconfig/nftables.conf,nftables.d/*,nftables/*}
  starts_at_boot plumbline-firewall && cat "$etc/plumbline.nft"
  if starts_at_boot netfilter-persistent || starts_at_boot iptables; then
    echo '# Gen' && cat "$etc"/{iptables/rules.v4,sysconfig/iptables}
    echo '# Gen ip6' && cat "$etc"/{iptables/rules.v6,sysconfig/ip6tables}
  fi
} 2>/dev/null

# Whose rules there are, in REPLY, and what they do, in CHAINS.
look_at() {
  local name names=''
  CHAINS=$(chains_of "$1")
  for name in ufw-before-input=ufw 'table inet firewalld=firewalld' 'table inet plumbline=plumbline'; do
    [[ $1 == *"${name%=*}"* ]] && names+=" ${name#*=}"
  done
  [[ $names != *ufw* ]] || CHAINS=${CHAINS//iptables/ufw}
  for name in iptables nftables; do
    [[ $CHAINS == *"input "+([a-z0-9])" $name"* ]] && names+=" $name"
  done
  REPLY=${names# }
}

read_firewall() {
  RULES=$(firewall_now)
  look_at "$RULES"
  NOW=$REPLY CHAINS_NOW=$CHAINS
  look_at "$(firewall_later)"
  LATER=$REPLY CHAINS_LATER=$CHAINS
}

# Whose packets come in though no rule names them, in REPLY, or nothing.
let_in() {
  for REPLY in ip ${FACT[ipv6]:+ip6}; do
    [[ $1 == *"input "@(inet|"$REPLY")\ * ]] || return
  done
  REPLY=''
}

# names_port <chains> <accepts input|…> <port or word>
names_port() {
  local line each
  while read -r line; do
    [[ $line == "$2 "* ]] || continue
    line=${line#"$2 "}
    for each in ${line//,/ }; do
      [[ $each == @("$3"|any) ]] && return
      [[ $each:$3 =~ ^([0-9]{1,5})[:-]([0-9]{1,5}):([0-9]{1,5})$ ]] || continue
      ((10#${BASH_REMATCH[1]} <= 10#${BASH_REMATCH[3]} && 10#${BASH_REMATCH[3]} <= 10#${BASH_REMATCH[2]})) && return
    done
  done <<<"$1"
  return 1
}

# The ways out that are closed, in REPLY, of those without which nobody reaches the host by Systems Manager any more.
closed_ways() {
  local way found=''
  for way in 443 53 metadata; do
    if names_port "$1" 'drops output' "$way" ||
      { [[ $1 == *"output "@(i|b)* ]] && ! names_port "$1" 'accepts output' "$way" && ! { [[ $way == metadata ]] && names_port "$1" 'accepts output' 80; }; }; then
      found+="${found:+ }$way"
    fi
  done
  REPLY=$found
}

# $1 of what is so now and of what is so after a boot, as why it fails.
now_and_later() {
  local now
  "$1" "$CHAINS_NOW"
  now=$REPLY
  # What firewalld has in its zones is not read.
  REPLY=''
  [[ $LATER == *firewalld* && $1 != let_in ]] || "$1" "$CHAINS_LATER"
  both "${now:-$2}" "${now:+$3 $now}" "${REPLY:+after a boot $3 $REPLY}"
}

audit_firewall() {
  unread firewall && read_firewall
  case $1:$NOW in
    deny:*) now_and_later let_in none 'what no rule names comes in by' ;;
    one:*) both "${NOW:-none}" "$([[ $NOW == +([a-z]) ]] || echo "not one but: ${NOW:-none}")" "$([[ $LATER == +([a-z]) ]] || echo "after a boot not one but: ${LATER:-none}")" ;;
    boot:) if [[ -z $LATER ]]; then na 'there is no firewall'; else fail none true "only after a boot: $LATER"; fi ;;
    boot:"$LATER") pass "$NOW" ;;
    boot:*) fail "${NOW:-none}" false "after a boot: ${LATER:-none}" ;;
  esac
}
