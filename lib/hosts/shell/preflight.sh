# shellcheck shell=bash
# What must be so before anything is changed. Each refusal has a name.

preflight() {
  [[ $(id -u) == 0 ]] || finish refused not_root
  [[ -n $ROOT || -d /run/systemd/system ]] || finish refused no_systemd
  [[ -w $ROOT/etc && -w $ROOT/var/lib ]] || finish refused read_only
  local each
  for each in / /etc /var/lib /var/lib/amazon/ssm; do
    has_room "$ROOT$each" || finish refused "disk_full:$each"
  done
  agent_is_safe || finish refused "$REPLY"
  find_sshd || SSH_REFUSED=$REPLY
  if knows note_logins; then note_logins; fi
}

# At least 5 % of the blocks, and of the inodes where a file system counts them.
has_room() {
  local free all inodes_free inodes
  [[ -e $1 ]] || return 0
  read -r free all inodes_free inodes < <(stat -f -c '%a %b %d %c' "$1") || return 1
  ((free * 20 >= all)) && ((inodes == 0 || inodes_free * 20 >= inodes))
}

# The SSM agent is the way back: it runs, will run after a reboot, and may run scripts where it keeps them.
agent_is_safe() {
  local unit
  REPLY=ssm_agent_inactive
  if [[ -z $ROOT ]]; then
    for unit in amazon-ssm-agent.service snap.amazon-ssm-agent.amazon-ssm-agent.service ''; do
      [[ -n $unit ]] || return 1
      systemctl is-active --quiet "$unit" && systemctl is-enabled --quiet "$unit" && break
    done
  fi
  REPLY=ssm_noexec
  [[ ,$(findmnt -n -o OPTIONS -T "$ROOT/var/lib/amazon/ssm" 2>/dev/null || findmnt -n -o OPTIONS -T "${ROOT:-/}/var"), != *,noexec,* ]]
}

SSH_REFUSED='' SSH_UNIT='' SSH_PORTS=()
# Where sshd runs: its configuration holds, and it listens where that says.
find_sshd() {
  local port
  [[ -x $ROOT/usr/sbin/sshd ]] || return 0
  install -d -m 755 "$ROOT/run/sshd"
  REPLY=sshd_config_broken
  in_root /usr/sbin/sshd -t >&2 || return 1
  [[ -z $ROOT ]] && sshd_runs || return 0
  REPLY=ssh_port_unknown
  mapfile -t SSH_PORTS < <(/usr/sbin/sshd -T 2>/dev/null | awk '$1 == "port" { print $2 }')
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
