# shellcheck shell=bash
# Rules of the firewall, in a table of our own and nowhere else.

# own_table: the rules of table inet plumbline on stdin, as they stand between its braces; the whole is left in $WORK/table.
own_table() {
  local new=$WORK/table
  { printf 'table inet plumbline\ndelete table inet plumbline\ntable inet plumbline {\n' && cat && printf '}\n'; } >"$new"
  allowed_table "$new" || refuse "$CONTROL" "$REPLY" || return 1
  nft -c -f "$new" || refuse "$CONTROL" table_rejected || return 1
  nft -s list table inet plumbline >"$WORK/table-before" 2>/dev/null
  if [[ $DRY == yes ]]; then would 'nft table inet plumbline' && return; fi
  keep "$WORK/table-before" there || lost
  journal table "$REPLY"
  nft -f "$new" || refuse "$CONTROL" table_rejected
}

# The way in for who is inside already, for new sessions and for the host itself; the way out and what containers route is nobody's to close.
allowed_table() {
  local port
  REPLY=closes_the_way_out
  ! grep -Eq 'hook (output|forward|prerouting|postrouting|ingress|egress)' "$1" || return 1
  grep -q 'policy drop' "$1" || return 0
  REPLY=container_network
  [[ -z ${FACT[containers]-}${FACT[kubernetes]-} ]] || return 1
  REPLY=closes_the_way_in
  grep -q 'ct state .*established' "$1" && grep -Eq 'iif(name)? "?lo"? accept' "$1" || return 1
  for port in ${SSH_PORTS[@]+"${SSH_PORTS[@]}"}; do
    grep -Eq "tcp dport [^;]*\\b$port\\b[^;]*accept" "$1" || return 1
  done
}

undo_table() {
  nft delete table inet plumbline 2>/dev/null
  [[ ! -s $BACKUP/before/$1 ]] || nft -f "$BACKUP/before/$1" || left 'nft table inet plumbline was not loaded'
}
