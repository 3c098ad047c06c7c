# shellcheck shell=bash
# needs: kinds/firewall kinds/listeners table units
# deny: a table of our own, only where nobody else filters; first whoever may come in, then nobody else. boot: only what
# filters already is made to start at boot; to start another one now could close the way in.

packages_firewall() { [[ $1 != deny || -x $ROOT/usr/sbin/nft ]] || PACKAGES+=(nftables); }

# Protocols beside TCP, UDP and ICMP that something here speaks would be cut: VRRP, OSPF, SCTP.
speaks_otherwise() {
  local address
  while read -r _ address _; do
    [[ $address == *:@(0001|003A) || $address != +([0-9A-F]):* ]] || return 0
  done < <(cat "$ROOT"/proc/net/raw{,6} 2>/dev/null)
  [[ $(cat "$ROOT/proc/net/sctp/eps" 2>/dev/null) == *$'\n'* ]]
}

firewall_rules() {
  local each
  printf '%s\n' 'chain input {' 'type filter hook input priority filter; policy drop;' 'ct state established,related accept' 'iif lo accept' \
    'meta l4proto icmp accept' 'meta l4proto ipv6-icmp accept' 'udp sport 67 udp dport 68 accept' 'udp sport 547 udp dport 546 accept'
  for each in ${SSH_PORTS[@]+"${SSH_PORTS[@]/#/tcp/}"} $LISTENERS; do
    echo "${each%/*} dport ${each#*/} accept"
  done | sort -u
  echo '}'
}

# nftables.service empties everything when it starts: ours comes after it.
firewall_unit() {
  printf '%s\n' '[Unit]' 'Description=What Plumbline lets in' DefaultDependencies=no Wants=network-pre.target Conflicts=shutdown.target \
    'Before=network-pre.target shutdown.target' 'After=local-fs.target nftables.service plumbline-boot-rollback.service' \
    ConditionPathExists=/etc/plumbline.nft '[Service]' Type=oneshot RemainAfterExit=yes 'ExecStart=/usr/sbin/nft -f /etc/plumbline.nft' \
    'ExecStop=-/usr/sbin/nft delete table inet plumbline' '[Install]' WantedBy=multi-user.target
}

fix_firewall() {
  case $1:$NOW:$LATER in
    boot:ufw: | boot:firewalld: | boot:plumbline:)
      [[ $NOW != ufw ]] || grep -qsx ENABLED=yes "$ROOT/etc/ufw/ufw.conf" || refuse "$CONTROL" not_enabled_by_ufw || return
      set -- "${NOW/plumbline/plumbline-firewall}.service"
      reversible systemctl disable "$1" -- systemctl enable "$1"
      ;;
    deny:*(plumbline):*(plumbline)) put_up_table ;;
    *) refuse "$CONTROL" "other_firewall:${NOW:-$LATER}" ;;
  esac
}

put_up_table() {
  closed_ways "$CHAINS_NOW"
  [[ -z $REPLY ]] || refuse "$CONTROL" "way_out_closed:$REPLY" || return
  ! speaks_otherwise || refuse "$CONTROL" other_protocols || return
  read_listeners
  firewall_rules | own_table && own_file /etc/plumbline.nft 600 root:root <"$WORK/table" || return
  firewall_unit | own_file /etc/systemd/system/plumbline-firewall.service 644 root:root || return
  [[ $DRY == yes ]] || unit_on plumbline-firewall.service
}
