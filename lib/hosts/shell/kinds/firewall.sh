# shellcheck shell=bash
# needs: kinds/both facts/network
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
    printf '# Gen\n%s\n' "$policies" && cat "$etc"/ufw/{before,user}.rules
    grep -qx IPV6=no "$etc/default/ufw" || { printf '# Gen ip6\n%s\n' "$policies" && cat "$etc"/ufw/{before,user}6.rules; }
  fi
  starts_at_boot firewalld && printf '%s\n' 'table inet firewalld' 'hook input policy drop' '}'
  starts_at_boot nftables && cat "$etc"/{nftables.conf,sysconfig/nftables.conf,nftables.d/*,nftables/*}
  starts_at_boot plumbline-firewall && cat "$etc/plumbline.nft"
  if starts_at_boot netfilter-persistent || starts_at_boot iptables; then
    echo '# Gen' && cat "$etc"/{iptables/rules.v4,sysconfig/iptables}
    echo '# Gen ip6' && cat "$etc"/{iptables/rules.v6,sysconfig/ip6tables}
  fi
} 2>/dev/null

# Of rules "<input|output> <family> <whose>" for each chain that drops what no rule takes; "<accepts|drops>
# <input|output> <ports>" for each rule that names ports or the metadata service, or takes all.
chains_of() {
  awk '
    function done() { if (hook && drops) print hook, family, name; hook = drops = "" }
    { gsub(/counter packets [0-9]+ bytes [0-9]+ /, "") }
    /^# Gen/ { family = /ip6/ ? "ip6" : "ip" }
    /^ *#/ { next }
    $1 == "table" || $1 == "chain" || $1 == "}" { done() }
    $1 == "table" { family = $3 == "{" ? "ip" : $2; name = /firewalld|plumbline/ ? $3 : "nftables" }
    $1 == "chain" && $2 ~ /^(IN|OUT)PUT$/ { name = "iptables" }
    $1 == "chain" || $1 == "-A" { chain = tolower($2) ~ /out/ ? "output" : "input" }
    match($0, /hook (in|out)put/) { hook = substr($0, RSTART + 5, RLENGTH - 5) }
    /policy drop|^[ \t]*(drop|reject)/ { drops = 1 }
    /^:(IN|OUT)PUT DROP|^-A (IN|OUT)PUT -j (DROP|REJECT)/ { print /OUTPUT/ ? "output" : "input", family, "iptables" }
    tolower($0) ~ /accept|drop|reject/ {
      ports = match($0, /dports? [{ ]*[0-9][-0-9:]*(, ?[0-9][-0-9:]*)*/) ? substr($0, RSTART + 5, RLENGTH - 5) : ""
      gsub(/[s{ ]/, "", ports)
      if (/169[.]254[.]169[.]254/) ports = ports ",metadata"
      verb = tolower($0) ~ /accept/ ? "accepts" : "drops"
      if (verb == "accepts" && (hook || /^-A (IN|OUT)PUT /) && !/port|addr|-[sd] |[sS][tT][aA][bB]|"?lo"? |icmp|policy/) ports = "any"
      # What holds for one user or one sender holds not for all.
      if (ports && !/uid|owner|saddr|-s /) print verb, chain, ports
    }
    END { done() }' <<<"$1"
}

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
  [[ $LATER == *firewalld* ]] || "$1" "$CHAINS_LATER"
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
