# shellcheck shell=bash
# needs: kinds/unit kinds/listeners kinds/processes
# old-servers <unit>…: none of the units runs or will, and neither does such a server by other means: by inetd, by a socket or a
# unit of somebody's own, or by hand.

# Names as the kernel has them, of at most 15 characters.
OLD_PROGRAMS=(telnetd in.telnetd inetutils-telne utelnetd rlogind in.rlogind rshd in.rshd rexecd in.rexecd tftpd in.tftpd atftpd inetd openbsd-inetd inetutils-inetd rlinetd xinetd ypserv ypbind rpcbind avahi-daemon cupsd cups-browsed)
# echo, discard, daytime, chargen, telnet, time, finger, rpcbind, rexec and rlogin; 514, of rsh, is also where a server of logs listens.
OLD_PORTS='@(tcp/@(7|9|13|19|23|37|79|111|512|513)|udp/@(7|9|13|19|37|69|111))'

audit_old_servers() {
  local each
  audit_unit off "$@"
  [[ ${VERDICT[$CONTROL]} == PASS ]] || return 0
  processes "${OLD_PROGRAMS[@]}"
  if ((${#PROCESSES[@]})); then
    read -r _ each _ <<<"${PROCESSES[0]}"
    fail "$each" false "$each runs, by none of the units" && return
  fi
  unread listeners && read_listeners
  for each in $LISTENERS; do
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ $each != $OLD_PORTS ]] || { fail "$each" false "something listens on $each" && return; }
  done
  # What waits for a first connection after the next boot.
  each=$(grep -Els '^Listen(Stream|Datagram)=(.*:)?(23|69|79|512|513)$' "$ROOT"/etc/systemd/system/*.socket)
  [[ -z $each ]] || fail "${each##*/}" false "${each#"$ROOT"} listens for an old protocol"
}
