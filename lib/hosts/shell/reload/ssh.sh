# shellcheck shell=bash
# Only a running sshd is reloaded: behind a socket the next one reads the new configuration by itself.
reload_ssh() {
  local unit
  # Without this folder sshd -t fails where ssh.socket waits for a first session.
  install -d -m 755 /run/sshd
  REPLY=sshd_rejects
  /usr/sbin/sshd -t || return 1
  for unit in ssh.service sshd.service; do
    if systemctl is-active --quiet "$unit"; then restart "$unit" && shows_values && return; fi
  done
  shows_values
}

# Each value of our own file, as sshd says it: another file that is read first would make it idle.
shows_values() {
  local option value said
  said=$'\n'$(sshd_all 2>/dev/null)$'\n' || return 1
  [[ -r /etc/ssh/sshd_config.d/00-plumbline.conf ]] || return 0
  while read -r option value; do
    option=${option,,}
    REPLY=sshd_value:$option
    case $value in
      [-+^]* | *[\ \"]* | *[0-9][smhdw]) continue ;; # Lists and times are written differently.
      prohibit-password) value='@(prohibit|without)-password' ;;
    esac
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ ${said,,} == *$'\n'"$option "${value,,}$'\n'* ]] || return 1
  done < <(grep -Ev '^[[:space:]]*(#|$)' /etc/ssh/sshd_config.d/00-plumbline.conf)
}
