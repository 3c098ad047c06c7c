# shellcheck shell=bash
# needs: facts

find_network() {
  local path found='' count=0 route
  for path in "$ROOT"/sys/class/net/*; do
    # Only hardware has a device; bridges, tunnels and the ends of container networks have none.
    [[ -e $path/device ]] && found+=" ${path##*/}" && count=$((count + 1))
    [[ ${path##*/} == @(wg|tun|tap|tailscale|ipsec)* ]] && FACT[vpn]=${path##*/}
  done
  ((count > 1)) && FACT[interfaces]=$count:$found
  for path in "$ROOT"/etc/wireguard/*.conf "$ROOT"/etc/openvpn/server/*.conf "$ROOT"/etc/swanctl/conf.d/*.conf; do
    FACT[vpn]=${path#"$ROOT"}
  done
  # Fields: address, index, prefix length, scope (00 is global), flags, name.
  while read -r _ _ _ route _ path; do
    [[ $route == 00 ]] && FACT[ipv6]=$path
  done <"$ROOT/proc/net/if_inet6"
  # Flag 0x40000, RTF_ADDRCONF: the default route was learnt from a router's advertisement.
  while read -r route count _ _ _ _ _ _ path found; do
    [[ $route$count == +(0) && $path =~ ^[0-9a-f]{8}$ ]] && ((16#$path & 16#40000)) && FACT[router_advertisements]=${found##* }
  done <"$ROOT/proc/net/ipv6_route"
  read -r REPLY <"$ROOT/proc/sys/net/ipv4/ip_forward" && [[ $REPLY == 1 ]] && find_nat
} 2>/dev/null

# Only where packets are forwarded: an instance that translates addresses for others.
find_nat() {
  local rules
  rules=$(in_root nft list ruleset 2>/dev/null; in_root iptables-save -t nat 2>/dev/null)
  [[ $rules == *@(masquerade|MASQUERADE|snat|SNAT)* ]] && FACT[nat]='translates addresses'
}
