# shellcheck shell=bash
# needs: kinds/mail
# Of Postfix only, where it has no mail of others to take.

# A setting of Postfix in REPLY, as Postfix itself says it where it can be asked.
postfix_says() {
  REPLY=$(in_root postconf -xh "$1" 2>/dev/null) || REPLY=$(sed -n "s/^$1 *= *//p" "$ROOT/etc/postfix/main.cf" | tail -n1)
}

# shellcheck disable=SC2016 # as it stands in the file
# Whose mail it takes, in REPLY; empty where it is this host's alone.
serves_others() {
  local each hostname destinations
  postfix_says myhostname
  hostname=${REPLY:-$(cat "$ROOT/etc/hostname" 2>/dev/null)}
  postfix_says mydestination
  destinations=$REPLY
  for each in relay_domains transport_maps virtual_{alias,mailbox}_{domains,maps} mailbox_transport smtpd_sasl_auth_enable permit_mx_backup_networks; do
    postfix_says "$each"
    # Old versions relay for the domains that they take mail for.
    [[ $REPLY == @(|no) || $each == relay_domains && $REPLY == "$destinations" ]] || { REPLY=serves_mail && return; }
  done
  postfix_says mynetworks
  for each in ${REPLY//,/ }; do
    [[ $each == @(127.*|'[::1]'*|'[::ffff:127.'*) ]] || is_own_address "$each" || { REPLY=relays_for:$each && return; }
  done
  for each in ${destinations//,/ }; do
    [[ $each == @('$myhostname'|localhost*|"$hostname"|"${hostname%%.*}") || $each == "$(cat "$ROOT/etc/hostname" 2>/dev/null)" ]] || { REPLY=receives_for:$each && return; }
  done
  mail_clients
  REPLY=${REPLY:+relays_for:$REPLY}
}

# Another host whose mail was taken in the last week, or that is connected now.
mail_clients() {
  local own other state
  REPLY=$({ cat "$ROOT"/var/log/mail.log{.1,} "$ROOT/var/log/maillog"; [[ -n $ROOT ]] || journalctl -q -o cat --since '7 days ago' -t postfix/smtpd -t postfix/submission/smtpd -t postfix/smtps/smtpd; } 2>/dev/null |
    sed -n 's/.*[0-9A-Za-z]\{6,\}: client=[^[]*\[\([^]]*\)].*/\1/p' | grep -Ev '^(127\.|::1$)' | tail -n1)
  [[ -z $REPLY ]] || return 0
  while read -r _ own other state _; do
    [[ $state != 01 || $own != *:@(0019|01D1|024B) || $other == @(0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):* ]] || REPLY=connected
  done < <(cat "$ROOT"/proc/net/tcp{,6} 2>/dev/null)
}

# Whether a network is one address, and that of this host.
is_own_address() {
  [[ ${1#*/} == @(32|128|"$1") ]] && [[ -z $ROOT ]] && [[ " $(ip -o addr show 2>/dev/null | awk '{ print $4 }' | tr '\n/' ' /') " == *" ${1//[][]/} "* ]]
}

fix_mail() {
  local file=/etc/postfix/main.cf
  [[ -r $ROOT$file ]] || refuse "$CONTROL" not_known || return
  serves_others
  [[ -z $REPLY ]] || refuse "$CONTROL" "$REPLY" || return
  { grep -v '^inet_interfaces *=' "$ROOT$file" && echo 'inet_interfaces = loopback-only'; } | replace_file "$file" || return
  activate postfix
}

# Where it listens is read at a start only.
reload_postfix() { REPLY=postfix && systemctl try-restart postfix.service; }
