# shellcheck shell=bash
# needs: kinds/both kinds/listeners
# open-ports <port>…: none of them listens on every address.

audit_open_ports() {
  local port open=''
  unread listeners && read_listeners
  for port in "$@"; do
    [[ $EVERYWHERE == *" $port "* ]] && open+="${open:+ }$port"
  done
  both "${open:-none}" "${open:+on every address: $open}" "$open"
}
