# shellcheck shell=bash
# needs: kinds/updates

packages_updates() { [[ -x $ROOT/usr/bin/unattended-upgrade ]] || PACKAGES+=(unattended-upgrades); }

fix_updates() {
  # It would reboot the host by itself.
  apt_value Unattended-Upgrade::Automatic-Reboot
  [[ ${REPLY,,} != @(1|yes|true|on|enable|with) ]] || refuse "$CONTROL" reboots_by_itself || return
  apt_has_security || refuse "$CONTROL" no_security_origin || return
  printf '%s\n' 'APT::Periodic::Enable "1";' 'APT::Periodic::Update-Package-Lists "1";' 'APT::Periodic::Unattended-Upgrade "1";' |
    own_file /etc/apt/apt.conf.d/zz-plumbline-updates 644 root:root || return
  unit_on apt-daily.timer && unit_on apt-daily-upgrade.timer
}
