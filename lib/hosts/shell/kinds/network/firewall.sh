# shellcheck shell=bash
# needs: kinds/both kinds/firewall-chains facts/network
# firewall one|deny|boot: who lets packets in, now and after the next boot.

# nft cannot print all that iptables-save does.
firewall_now() {
  in_root nft list ruleset
  in_root iptables-save
  in_root ip6tables-save
  # To ask would load the older tables where there are none.
  read -r <"$ROOT/proc/net/ip_tables_names" && in_root iptables-legacy-save
  read -r <"$ROOT/proc/net/ip6_tables_names" && in_root ip6tables-legacy-save
} 2>/dev/null

# The links stay where a unit is masked.
starts_at_boot() {
  local links=("$ROOT"/etc/systemd/system/*.@(wants|requires)/"$1.service")
  ((${#links[@]})) && [[ $(readlink "$ROOT/etc/systemd/system/$1.service") != /dev/null ]]
}

# Files of nft with what they include.
nft_files() {
  local line path
  for path in "$@"; do
    while IFS= read -r line || [[ -n $line ]]; do
      if [[ $line =~ ^[[:space:]]*include[[:space:]]+[\"\']([^\"\']+) && ${#FUNCNAME[@]} -lt 20 ]]; then
        REPLY=${BASH_REMATCH[1]}
        [[ $REPLY == /* ]] || REPLY=/etc/$REPLY
        # shellcheck disable=SC2086 # a pattern
        nft_files $ROOT$REPLY
      else
        printf '%s\n' "$line"
      fi
    done <"$path"
  done
}

# What the unit of nftables loads; what stands before a flush is gone.
nftables_later() {
  local file
  file=$(cat "$ROOT"/{usr/lib,etc}/systemd/system/nftables.service{,.d/*.conf} | sed -nE 's/^ExecStart=.* -f *"?([^" ]+).*/\1/p' | tail -n1)
  if [[ -n $file ]]; then nft_files "$ROOT$file"; else nft_files "$ROOT"/etc/{nftables.conf,sysconfig/nftables.conf}; fi |
    awk '/^[ \t]*flush ruleset/ { text = ""; next } { text = text $0 "\n" } END { printf "%s", text }'
}

# Whether a zone of firewalld that hardware is in lets in all.
zone_takes_all() {
  local zones=$ROOT/etc/firewalld/zones each
  each=$(sed -n 's/^DefaultZone=//p' "$ROOT/etc/firewalld/firewalld.conf")
  for each in ${each:-public} $(sed -nE 's/^(zone|ZONE)="?([^"]+).*/\2/p' "$ROOT"/etc/NetworkManager/system-connections/* "$ROOT"/etc/sysconfig/network-scripts/ifcfg-* </dev/null; grep -lE '<interface name="(eth|en|bond|team)' "$zones"/*.xml </dev/null); do
    each=${each##*/}
    cat {"$zones","$ROOT/usr/lib/firewalld/zones"}/"${each%.xml}.xml" | grep -Eq '<zone.*target="ACCEPT"|<port [^>]*"[01]-6[0-9]{4}"' && return
  done
  return 1
}

# The files that units read at boot, as rules too.
firewall_later() {
  local etc=$ROOT/etc policies
  if starts_at_boot ufw && grep -qx ENABLED=yes "$etc/ufw/ufw.conf"; then
    policies=$(sed -En 's/^DEFAULT_((IN|OUT)PUT)_POLICY="?(DROP|REJECT).*/:\1 DROP/p' "$etc/default/ufw")
    printf '# Gen\n%s\n' "$policies" '-A INPUT -j ufw-before-input' '-A INPUT -j ufw-user-input' '-A INPUT -j ufw-after-input' && cat "$etc"/ufw/{before,user,after}.rules
    # ufw drops IPv6 where it has no rules for it.
    if grep -qx IPV6=no "$etc/default/ufw"; then printf '# Gen ip6\n:INPUT DROP\n'; else printf '# Gen ip6\n%s\n' "$policies" '-A INPUT -j ufw6-before-input' '-A INPUT -j ufw6-user-input' '-A INPUT -j ufw6-after-input' && cat "$etc"/ufw/{before,user,after}6.rules; fi
  fi
  if starts_at_boot firewalld; then
    zone_takes_all && policies=accept || policies=drop
    printf '%s\n' 'table inet firewalld {' 'chain input {' "hook input; policy $policies" '}' '}'
  fi
  starts_at_boot nftables && nftables_later
  starts_at_boot plumbline-firewall && cat "$etc/plumbline.nft"
  if starts_at_boot netfilter-persistent || starts_at_boot iptables; then
    echo '# Gen' && cat "$etc"/{iptables/rules.v4,sysconfig/iptables}
    echo '# Gen ip6' && cat "$etc"/iptables/rules.v6
  fi
  starts_at_boot ip6tables && echo '# Gen ip6' && cat "$etc/sysconfig/ip6tables"
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
    [[ $CHAINS == *"input "@(inet|ip|ip6)" $name"* ]] && names+=" $name"
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
      { [[ $1 == *"output "@(inet|ip)\ * ]] && ! names_port "$1" 'accepts output' "$way" && ! { [[ $way == metadata ]] && names_port "$1" 'accepts output' 80; }; }; then
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
