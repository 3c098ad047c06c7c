# shellcheck shell=bash
# needs: kinds/apt
# Security updates are installed by themselves.

# What starts it, and that nobody has masked it.
timer_is_set() {
  local links=("$ROOT"/etc/systemd/system/*.wants/"$1.timer")
  ((${#links[@]})) && [[ ! -L $ROOT/etc/systemd/system/$1.timer ]]
}

apt_updates() {
  local key
  REPLY='unattended-upgrades is not installed'
  [[ -x $ROOT/usr/bin/unattended-upgrade ]] || return
  for key in Update-Package-Lists Unattended-Upgrade; do
    apt_value "APT::Periodic::$key"
    [[ $REPLY == @([1-9]*|always) ]] || { REPLY="APT::Periodic::$key is ${REPLY:-not set}" && return; }
  done
  apt_value APT::Periodic::Enable
  [[ ${REPLY:-1} != 0 ]] || { REPLY='APT::Periodic::Enable is 0' && return; }
  REPLY='no security archive is among its origins'
  [[ $APT == *Unattended-Upgrade::@(Origins-Pattern|Allowed-Origins)::*[Ss]ecurity* ]] || return
  for key in apt-daily apt-daily-upgrade; do
    REPLY="$key.timer is not enabled"
    timer_is_set "$key" || return
  done
  REPLY=''
}

dnf_updates() {
  REPLY='no timer of dnf-automatic is enabled'
  timer_is_set dnf-automatic-install && REPLY='' && return
  timer_is_set dnf-automatic || return
  REPLY='dnf-automatic only downloads or tells'
  grep -Eqsi '^apply_updates *= *(yes|true|1|on)' "$ROOT/etc/dnf/automatic.conf" && REPLY=''
}

audit_updates() {
  unread apt && APT=$(apt_says)
  if [[ -n ${FACT[debian]-} ]]; then apt_updates; else dnf_updates; fi
  if [[ -n $REPLY ]]; then fail off false "$REPLY"; else pass on; fi
}
