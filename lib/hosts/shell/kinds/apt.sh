# shellcheck shell=bash
# What apt is told by all of its files, as it says itself; only what is asked for here, as bash is slow at long texts.

apt_says() {
  in_root apt-config dump | grep -E '^(APT::(Periodic|Get)|Acquire::Allow|Unattended-Upgrade)::'
} 2>/dev/null

# The value of a key in REPLY, or nothing.
apt_value() {
  REPLY=''
  [[ $'\n'$APT == *$'\n'"$1 \""* ]] && REPLY=$'\n'$APT REPLY=${REPLY##*$'\n'"$1 \""} REPLY=${REPLY%%\"*}
}
