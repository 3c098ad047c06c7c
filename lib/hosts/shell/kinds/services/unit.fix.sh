# shellcheck shell=bash
# needs: kinds/unit units
# Of what will do alike, the first that is installed is switched on; off is each that is there.

# Whether another program than auditd takes the records of the kernel, which has them for one only; REPLY is its name.
takes_audit_records() {
  local pid
  pid=$(in_root auditctl -s 2>/dev/null | sed -n 's/^pid //p')
  [[ $pid == [1-9]* ]] && read -r REPLY 2>/dev/null <"$ROOT/proc/$pid/comm" && [[ $REPLY != auditd ]]
}

# Whether a server talks with another host now; REPLY is the unit. In the table of sockets: own address, then the other's.
has_clients() {
  local inode pid name=${1%.*}
  while read -r pid; do
    while read -r inode; do
      awk -v inode="$inode" '$10 == inode && $4 == "01" && $3 !~ /^(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):/ { found = 1 } END { exit !found }' \
        "$ROOT"/proc/net/tcp{,6} 2>/dev/null && REPLY=$1 && return
    done < <(readlink "$ROOT/proc/$pid/fd/"* 2>/dev/null | sed -n 's/^socket:\[\(.*\)]/\1/p')
  done < <(cat "$ROOT"/sys/fs/cgroup/{system.slice,systemd/system.slice}/{"$name".service,system-"$name".slice/"$name"@*}/cgroup.procs 2>/dev/null)
  return 1
}

fix_unit() {
  local unit each
  for unit in "${@:2}"; do
    for each in ${unit//|/ }; do
      unit_state "$each"
      [[ $REPLY != not-found* ]] || continue
      # Version 3 of NFS asks it for its locks.
      [[ $1:$each != off:rpcbind.* ]] || ! grep -qs ' \(nfs\|nfsd\) ' "$ROOT/proc/self/mounts" || refuse "$CONTROL" in_use:nfs || return
      [[ $1 != off ]] || ! has_clients "$each" || refuse "$CONTROL" "in_use:$REPLY" || return
      [[ $1:$each != on:auditd.service ]] || ! takes_audit_records || refuse "$CONTROL" "in_use:$REPLY" || return
      "unit_$1" "$each" || return
      [[ $1 == off ]] || break
    done
  done
}
