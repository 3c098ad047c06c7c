# shellcheck shell=bash
# needs: kinds/mail
# Of Postfix only, where it has no mail of others to take.

fix_mail() {
  local file=/etc/postfix/main.cf
  [[ -r $ROOT$file ]] || refuse "$CONTROL" not_known || return
  ! grep -Eq '^(relay_domains|transport_maps|virtual_[a-z_]+) *= *[^ ]' "$ROOT$file" || refuse "$CONTROL" serves_mail || return
  { grep -v '^inet_interfaces *=' "$ROOT$file" && echo 'inet_interfaces = loopback-only'; } | replace_file "$file" || return
  activate postfix
}

# Where it listens is read at a start only.
reload_postfix() { REPLY=postfix && systemctl try-restart postfix.service; }
