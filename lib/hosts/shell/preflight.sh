# shellcheck shell=bash
# What must be so before anything is changed. Each refusal has a name.

preflight() {
  ((EUID == 0)) || finish refused not_root
  [[ -n $ROOT || -d /run/systemd/system ]] || finish refused no_systemd
  [[ -w $ROOT/etc && -w $ROOT/var/lib ]] || finish refused read_only
  has_room || finish refused "$REPLY"
  agent_is_safe || finish refused "$REPLY"
  # shellcheck disable=SC2034
  find_sshd || SSH_REFUSED=$REPLY
  if knows note_logins; then note_logins; fi
}

# At least 5 % of the blocks, and of the inodes where a file system counts them.
has_room() {
  local free all spare inodes path
  while read -r free all spare inodes path; do
    REPLY=disk_full:${path#"$ROOT"}
    ((free * 20 >= all && (inodes == 0 || spare * 20 >= inodes))) || return 1
    # A pattern is no word where there is no such folder.
  done < <(stat -f -c '%a %b %d %c %n' "$ROOT"/{,etc,var/lib,var/lib/amazon/ss[m]} || echo 0 1)
}

# shellcheck disable=SC2034 # a document without sshd asks for none of them
SSH_REFUSED='' SSH_UNIT='' SSH_PORTS=() CHANNEL_BEFORE=''
# Where sshd runs: its configuration holds, and it listens where that says.
find_sshd() {
  local port said
  [[ -x $ROOT/usr/sbin/sshd ]] || return 0
  install -d -m 755 "$ROOT/run/sshd"
  REPLY=sshd_config_broken
  # What it refuses with -t it refuses with -T.
  said=$(sshd_all) || return 1
  [[ -z $ROOT ]] && sshd_runs || return 0
  REPLY=ssh_port_unknown
  mapfile -t SSH_PORTS < <(awk '$1 == "port" { print $2 }' <<<"$said")
  ((${#SSH_PORTS[@]})) || return 1
  for port in "${SSH_PORTS[@]}"; do listens "$port" || return 1; done
}

sshd_runs() {
  local unit
  for unit in ssh.socket sshd.socket ssh.service sshd.service; do
    if systemctl is-active --quiet "$unit"; then SSH_UNIT=$unit && return; fi
  done
  return 1
}

# Field 2 is address:port in hexadecimal, field 4 the state, 0A for LISTEN.
listens() {
  local port address state
  printf -v port '%04X' "$1"
  while read -r _ address _ state _; do
    [[ $state == 0A && ${address##*:} == "$port" ]] && return 0
  done < <(cat /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  return 1
}

# Before arming: a host that could not confirm would only be changed and taken back. Newer regions have no ec2messages,
# and agents from 3.3.40 do without it: whatever was reached before must be reached afterwards.
note_channel() {
  probe_channel
  [[ "$REACHED " == *' ssm ssmmessages '* ]] || return 1
  CHANNEL_BEFORE=$REACHED
}
