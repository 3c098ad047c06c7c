# shellcheck shell=bash
# needs: kinds/apt kinds/unit-state
# Security updates are installed by themselves.

# What starts it, that nobody has masked, stopped or emptied it, and that it still starts what it did.
timer_is_set() {
  local links=("$ROOT"/etc/systemd/system/*.wants/"$1.timer") own=$ROOT/etc/systemd/system/$1
  ((${#links[@]})) && [[ ! -L $own.timer && $(readlink "$own.service") != /dev/null ]] || return
  ! cat "$own".timer.d/*.conf </dev/null 2>/dev/null | grep '^OnCalendar' | tail -n1 | grep -Eq '=\s*($|year|annual|month|quarter|semi)' || return
  ! cat "$own".service.d/*.conf </dev/null 2>/dev/null | grep '^ExecStart=' | tail -n1 | grep -Evq '/(apt\.systemd\.daily|unattended-upgrade|dnf-automatic)' || return
  [[ -z ${FACT[systemd]-} ]] || { unit_state "$1.timer" && [[ $REPLY == *' active' ]]; }
}

# Packages that every host has, and that have security updates again and again.
APT_CORE=(libc6 openssl libssl3 openssh-server sudo systemd)

# Whether security updates of these are held back, or not among the few that are taken, in REPLY.
apt_holds_back() {
  local each name only held
  # shellcheck disable=SC2016 # awk's own
  held=" $(awk '$1 == "Package:" { name = $2 } /^Status: hold / { printf "%s ", name }' "$ROOT/var/lib/dpkg/status")"
  only=$(apt_list Unattended-Upgrade::Package-Whitelist)
  for name in "${APT_CORE[@]}"; do
    REPLY="apt-mark holds $name"
    [[ $held != *" $name "* ]] || return 0
    while read -r each; do
      # A pattern of Python's at the beginning of a name.
      REPLY="Package-Blacklist $each keeps $name back"
      [[ $name =~ ^($each) ]] && return
    done < <(apt_list Unattended-Upgrade::Package-Blacklist)
    [[ -n $only ]] || continue
    REPLY="Package-Whitelist leaves $name out"
    while read -r each; do
      [[ ! $name =~ ^($each) ]] || continue 2
    done <<<"$only"
    return 0
  done
  return 1
} 2>/dev/null

# Whether an origin is a security archive: "origin=Debian,label=Debian-Security", "Ubuntu:noble-security", or all there are.
apt_has_security() {
  local each own
  own=$(sed -n 's/^VERSION_CODENAME=//p' "$ROOT/etc/os-release")
  while read -r each; do
    # One that is named by hand stays behind when the host goes to another release.
    [[ -z $own || ! ${each,,} =~ ((^|,)(codename|n)=|^[^=]*:)([a-z]+)(-security)?(,|$) || ${BASH_REMATCH[4]} == "$own" ]] || continue
    [[ ,${each,,} == *,@(o|origin|l|label|a|archive|suite|n|codename|site)=@(\*|*([^,])security*) || $each == *:*[Ss]ecurity* ]] && return 0
  done < <(apt_list 'Unattended-Upgrade::(Origins-Pattern|Allowed-Origins)')
  return 1
}

apt_updates() {
  local key
  REPLY='unattended-upgrades is not installed'
  [[ -x $ROOT/usr/bin/unattended-upgrade ]] || return
  for key in Update-Package-Lists Unattended-Upgrade; do
    apt_value "APT::Periodic::$key"
    # In days, where no letter says otherwise.
    [[ $REPLY == @([1-7]?(d)|always|[1-9]*([0-9])[smh]) ]] || { REPLY="APT::Periodic::$key is ${REPLY:-not set}" && return; }
  done
  apt_value APT::Periodic::Enable
  [[ ${REPLY:-1} != 0 ]] || { REPLY='APT::Periodic::Enable is 0' && return; }
  apt_value Unattended-Upgrade::InstallOnShutdown
  [[ $REPLY != @(1|yes|true|on|enable|with) ]] || { REPLY='it waits for a shutdown: InstallOnShutdown' && return; }
  REPLY='no security archive is among its origins'
  apt_has_security || return
  ! apt_holds_back || return
  for key in apt-daily apt-daily-upgrade; do
    timer_is_set "$key" || { REPLY="$key.timer is not enabled" && return; }
  done
  REPLY=''
}

dnf_updates() {
  timer_is_set dnf-automatic-install && REPLY='' && return
  timer_is_set dnf-automatic || { REPLY='no timer of dnf-automatic is enabled' && return; }
  ! grep -Eqs '^[[:space:]]*exclude(pkgs)?[[:space:]]*=[[:space:]]*\*([[:space:],]|$)' "$ROOT"/etc/dnf/*.conf || { REPLY='dnf excludes all packages' && return; }
  REPLY='dnf-automatic only downloads or tells'
  grep -Eqsi '^apply_updates[[:space:]]*=[[:space:]]*(yes|true|1|on)' "$ROOT/etc/dnf/automatic.conf" && REPLY=''
}

audit_updates() {
  unread apt && APT=$(apt_says)
  if [[ -n ${FACT[debian]-} ]]; then apt_updates; else dnf_updates; fi
  if [[ -n $REPLY ]]; then fail off false "$REPLY"; else pass on; fi
}
