# shellcheck shell=bash
# What is never changed, whatever a control asks and however a fix came to it. Each refusal has a name.

# The lines that a file gets and has not yet.
added() {
  if [[ -e $ROOT$1 ]]; then grep -vxFf "$ROOT$1" "$2"; else cat "$2"; fi
}

# allowed <path> <new content>: the last word on a file, however a fix came to it.
allowed() {
  REPLY=
  case $1 in
    /etc/ssh/sshd_config | /etc/ssh/sshd_config.d/*)
      REPLY=$SSH_REFUSED
      [[ -z $REPLY ]] && knows allowed_sshd && allowed_sshd "$1" "$2"
      ;;
    /etc/modprobe.d/*) allowed_modules < <(added "$1" "$2") ;;
    /etc/sysctl.conf | /etc/sysctl.d/* | /etc/ufw/sysctl.conf) allowed_sysctls < <(added "$1" "$2") ;;
    /etc/sudoers | /etc/sudoers.d/*) REPLY=sudoers_rejected && in_root visudo -c -q -f - <"$2" >&2 ;;
    # A host that stops when its log is full is stopped by whoever fills the log.
    /etc/audit/auditd.conf) REPLY=audit_halts && ! added "$1" "$2" | grep -Eiq '^[^#]*_action[[:space:]]*=[[:space:]]*(halt|single)' ;;
    /etc/security/faillock.conf | /etc/pam.d/*) REPLY=locks_root && ! added "$1" "$2" | grep -Eq '^[^#]*even_deny_root' ;;
    /etc/fstab) REPLY=fstab_rejected && allowed_mounts "$2" ;;
    /etc/docker/daemon.json) REPLY=docker_rejects && allowed_daemon "$2" ;;
  esac
}

allowed_modules() {
  local name
  while read -r name; do
    REPLY=in_use:$name
    case $name in
      squashfs | loop) [[ -z ${FACT[snap]-} ]] ;;
      vfat | fat | nls_*) [[ -z ${FACT[uefi]-} ]] ;;
      overlay | br_netfilter | veth | bridge | ip_tables | nf_*) [[ -z ${FACT[containers]-}${FACT[kubernetes]-} ]] ;;
      ext4 | xfs | nvme | ena | virtio* | xen*) false ;;
      *) [[ ! -e $ROOT/sys/module/${name//-/_}/refcnt ]] || [[ $(<"$ROOT/sys/module/${name//-/_}/refcnt") == 0 ]] ;;
    esac || return 1
  done < <(awk '$1 == "install" || $1 == "blacklist" { print $2 }')
}

allowed_sysctls() {
  local key value
  while IFS='=' read -r key value; do
    trimmed "${key#-}"
    key=${REPLY//.//}
    trimmed "$value"
    allowed_sysctl "$key" "$REPLY" || return 1
  done < <(grep -E '^[^#;]*=')
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

allowed_mounts() {
  local target options
  REPLY=ssm_noexec
  while read -r _ target _ options _; do
    [[ ,$options, != *,noexec,* || /var/lib/amazon/ssm/ != "${target%/}"/* ]] || return 1
  done < <(grep -Ev '^[[:space:]]*(#|$)' "$1")
  REPLY=fstab_rejected
  findmnt --verify --tab-file "$1" >&2
}

# Without --validate, before Docker 23, nobody can say whether the daemon would start.
allowed_daemon() {
  local trial=/run/plumbline-trial-$ID result
  cat "$1" >"$ROOT$trial" && in_root dockerd --validate --config-file "$trial" >&2
  result=$?
  rm -f "$ROOT$trial"
  return "$result"
}

# What keeps the host reachable is never switched off.
allowed_off() {
  REPLY=keeps_the_host_reachable
  case ${1%.*} in
    *ssm-agent* | ssh | sshd | systemd-* | NetworkManager | networking | network | wpa_supplicant | dbus* | snapd* | cloud-* | nss* | sssd | chrony* | cron | crond | rsyslog | containerd | docker | kubelet | crio | auditd | getty*) return 1 ;;
  esac
}
