# shellcheck shell=bash
# What a host is; a control may ask for a fact or be kept away by it. A fact that does not hold is not set.

# The first of some paths that is there.
first_of() {
  local path
  for path in "${@:2}"; do
    [[ -e $ROOT$path ]] && FACT[$1]=$path && return
  done
}

find_system() {
  local name value
  while IFS='=' read -r name value; do
    value=${value//[\"\']/}
    case $name in
      ID) FACT[os]=$value ;;
      VERSION_ID) FACT[version]=$value && continue ;;
      ID_LIKE) ;;
      *) continue ;;
    esac
    case " $value " in
      *' debian '* | *' ubuntu '*) FACT[debian]=${FACT[os]-$value} ;;
      *' rhel '* | *' fedora '* | *' centos '*) FACT[redhat]=${FACT[os]-$value} ;;
    esac
  done <"$ROOT/etc/os-release"
  # Elsewhere nothing is changed unless it is named: what a fix does there was never seen.
  [[ ${FACT[os]-}${FACT[version]-} == @(debian12|ubuntu2[24].04) ]] && FACT[tried]=yes
  [[ ${FACT[os]-} == amzn ]] && FACT[amazon]=${FACT[version]-?} FACT[redhat]=amzn
  read -r REPLY <"$ROOT/proc/sys/kernel/osrelease" && FACT[kernel]=$REPLY
  [[ -d $ROOT/run/systemd/system ]] && FACT[systemd]=running
  [[ -d $ROOT/sys/firmware/efi ]] && FACT[uefi]=/sys/firmware/efi
  read -r REPLY <"$ROOT/proc/sys/crypto/fips_enabled" && [[ $REPLY == 1 ]] && FACT[fips]=on
} 2>/dev/null

find_software() {
  local name path found=''
  for name in dockerd containerd podman crio lxd k3s; do
    for path in /usr/bin /usr/local/bin /usr/sbin /snap/bin; do
      [[ -e $ROOT$path/$name ]] && found+="${found:+ }$name" && break
    done
  done
  [[ -z $found ]] || FACT[containers]=$found
  [[ " $found " == *' dockerd '* ]] && FACT[docker]=dockerd
  first_of kubernetes /usr/bin/kubelet /usr/local/bin/kubelet /usr/local/bin/k3s /var/lib/kubelet /etc/kubernetes /etc/eks
  first_of snap /usr/bin/snap /var/lib/snapd/snaps
  first_of sshd /usr/sbin/sshd
  first_of ufw /usr/sbin/ufw
  first_of fail2ban /usr/bin/fail2ban-client
  first_of auditd /usr/sbin/auditd /sbin/auditd
  first_of agent /snap/amazon-ssm-agent /usr/bin/amazon-ssm-agent
  for path in "$ROOT"/usr/lib/postgresql/*/bin/postgres "$ROOT"/usr/pgsql-*/bin/postgres "$ROOT"/usr/{,local/,local/pgsql/}bin/postgres; do
    [[ -e $path ]] && FACT[postgres]=${path#"$ROOT"}
  done
  for path in "$ROOT"/etc/pam.d/{sshd,common-auth,password-auth}; do
    while read -r name; do
      [[ ${name%%#*} == *pam_@(google_authenticator|duo|oath|yubico|u2f|radius|okta)* ]] && FACT[mfa]=${path#"$ROOT"}
    done <"$path"
  done
} 2>/dev/null

# The network is looked at only by documents that ask for one of its facts.
find_facts() {
  find_system
  find_software
  if declare -F find_network >/dev/null; then find_network; fi
}
