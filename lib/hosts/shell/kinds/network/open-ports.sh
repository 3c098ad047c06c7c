# shellcheck shell=bash
# needs: kinds/both kinds/listeners kinds/processes
# open-ports <port>…: none of them listens on every address, and no server that uses them does on another.

audit_open_ports() {
  local port each inode open=''
  unread listeners && read_listeners
  for port in "$@"; do
    [[ $EVERYWHERE == *" $port "* ]] && open+="${open:+ }$port"
  done
  # Names as the kernel has them, of at most 15 characters.
  processes postgres mysqld mariadbd redis-server valkey-server mongod memcached etcd influxd clickhouse-serv sqlservr dockerd
  for each in "${PROCESSES[@]}"; do
    while IFS='[]' read -r _ inode _; do
      port=${EVERYWHERE_OF[${inode:-x}]-}
      # dockerd itself listens for containers in a swarm; its API has the ports above.
      [[ -z $port || " $open " == *" $port "* ]] || open+="${open:+ }$port"
    done < <(find "$ROOT/proc/${each%% *}/fd" -lname 'socket:*' -printf '%l\n' 2>/dev/null)
  done
  both "${open:-none}" "${open:+on every address: $open}" "$open"
}
