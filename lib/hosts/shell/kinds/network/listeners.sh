# shellcheck shell=bash
# What listens for others, as " tcp/443 udp/53 ", and ports that do so on every address, with the inodes of their sockets.
# Fields: slot, address:port in hexadecimal, remote, state: 0A of TCP listens, 07 of UDP is not connected; the tenth is the inode.

# shellcheck disable=SC2034 # kinds/open-ports reads it
declare -A EVERYWHERE_OF=()
# shellcheck disable=SC2034
read_listeners() {
  local protocol address state port inode
  LISTENERS=' ' EVERYWHERE=' '
  EVERYWHERE_OF=()
  for protocol in tcp udp; do
    while read -r _ address _ state _ _ _ _ _ inode _; do
      [[ $protocol$state == @(tcp0A|udp07) && $address =~ ^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$ ]] || continue
      port=$((16#${BASH_REMATCH[2]})) address=${BASH_REMATCH[1]}
      # 127.0.0.0/8, the same as IPv6 writes it, and ::1; the ports of DHCP are its clients'.
      [[ $address == @(*7F|+(0)1000000) && $address == @(????????|+(0)*(F)*) || $port == @(68|546) ]] && continue
      # The last is ::ffff:0.0.0.0, every address of IPv4.
      [[ $address != @(+(0)|0000000000000000FFFF0000+(0)) ]] || { EVERYWHERE+="$port " && EVERYWHERE_OF[${inode:-0}]=$port; }
      [[ $LISTENERS == *" $protocol/$port "* ]] || LISTENERS+="$protocol/$port "
    done < <(cat "$ROOT/proc/net/$protocol" "$ROOT/proc/net/${protocol}6" 2>/dev/null)
  done
}
