# shellcheck shell=bash
# What apt is told by all of its files, as it says itself; only what is asked for here, as bash is slow at long texts.

apt_says() {
  in_root apt-config dump | grep -Ei '^(APT::(Periodic|Get)|Acquire::Allow|Unattended-Upgrade)::'
} 2>/dev/null

# The value of a key, which may be written in any case, in REPLY, in small letters; or nothing.
apt_value() {
  REPLY=$'\n'${APT,,}
  [[ $REPLY == *$'\n'"${1,,} \""* ]] || { REPLY='' && return; }
  REPLY=${REPLY##*$'\n'"${1,,} \""} REPLY=${REPLY%%\"*}
}

# The values of a list, one a line; $1 is an extended expression.
apt_list() { sed -nE "/^($1)::[^ ]* \"./I s/^[^\"]*\"(.*)\";/\1/p" <<<"$APT"; }
