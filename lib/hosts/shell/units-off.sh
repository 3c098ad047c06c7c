# shellcheck shell=bash
# needs: units

unit_off() { unit_set "$1" off; }

# What keeps the host reachable is never switched off.
allowed_off() {
  REPLY=keeps_the_host_reachable
  case ${1%.*} in
    *ssm-agent* | ssh | sshd | systemd-* | NetworkManager | networking | network | wpa_supplicant | dbus* | snapd* | cloud-* | nss* | sssd | chrony* | cron | crond | rsyslog | containerd | docker | kubelet | crio | auditd | getty*) return 1 ;;
  esac
}
