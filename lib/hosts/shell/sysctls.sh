# shellcheck shell=bash
# needs: facts/network
# Values of the kernel, in effect and in files.

# The value of a sysctl in REPLY, its words parted by one space.
sysctl_value() {
  local value=''
  read -r -d '' value 2>/dev/null <"$1" || [[ -n $value ]] || return 1
  REPLY=${value//[[:space:]]/ }
}

# set_sysctl <key> <value>: the value in effect; net.ipv4.x or, where a name has a dot, net/ipv4/x.
set_sysctl() {
  local key=$1 path before
  [[ $key == */* ]] || key=${key//.//}
  path=$ROOT/proc/sys/$key
  sysctl_value "$path" || refuse "$CONTROL" "no_sysctl:$1" || return 1
  before=$REPLY
  [[ $before != "$2" ]] || return 0
  allowed_sysctl "$key" "$2" || refuse "$CONTROL" "$REPLY" || return 1
  if [[ $DRY == yes ]]; then would "$1: $before -> $2" && return; fi
  keep_followers "$key"
  journal sysctl "$key" "$before" "$2"
  { write_sysctl "$key" "$2" && sysctl_value "$path" && [[ $REPLY == "$2" ]]; } || refuse "$CONTROL" "not_changed:$1"
}

write_sysctl() { { printf '%s\n' "$2" >"$ROOT/proc/sys/$1"; } 2>/dev/null; }

# The kernel changes forwarding and redirects of each interface along with the forwarding of all.
keep_followers() {
  local each
  [[ $1 == net/ipv[46]/@(ip_forward|conf/*/forwarding) ]] || return 0
  for each in "$ROOT"/proc/sys/net/ipv[46]/conf/*/@(forwarding|accept_redirects); do
    sysctl_value "$each" && journal follower "${each#"$ROOT/proc/sys/"}" "$REPLY"
  done
}

undo_follower() { write_sysctl "$1" "$2"; }
undo_sysctl() {
  sysctl_value "$ROOT/proc/sys/$1" || return 0
  case $REPLY in
    "$2") ;;
    "$3") write_sysctl "$1" "$2" || left "$1 was not written" ;;
    *) left "$1 was changed by somebody else" ;;
  esac
}

allowed_sysctls() {
  local key value
  while IFS='=' read -r key value; do
    trimmed "${key#-}"
    key=${REPLY//.//}
    trimmed "$value"
    allowed_sysctl "$key" "$REPLY" || return 1
  done < <(added "$1" "$2" | grep -E '^[^#;]*=')
}

# allowed_sysctl <key with slashes> <value>
allowed_sysctl() {
  local hosts="${FACT[containers]-}${FACT[kubernetes]-}${FACT[nat]-}${FACT[vpn]-}"
  REPLY=routes_for_others
  [[ ! $1=$2 =~ ^net/ipv[46]/(ip_forward|conf/[^=]*/forwarding)=0$ || -z $hosts ]] || return 1
  REPLY=several_interfaces
  [[ ! $1=$2 =~ /rp_filter=1$ || -z $hosts${FACT[interfaces]-} ]] || return 1
  REPLY=route_from_advertisements
  [[ ! $1=$2 =~ /accept_ra=0$ || -z ${FACT[router_advertisements]-} ]] || return 1
  # Nothing but a reboot takes these back.
  REPLY=one_way:${1//\//.}
  case $1=$2 in
    kernel/modules_disabled=1 | kernel/kexec_load_disabled=1 | kernel/unprivileged_bpf_disabled=1 | kernel/yama/ptrace_scope=3) return 1 ;;
  esac
}
