# shellcheck shell=bash
# needs: kinds/both
# A mail server listens for this host alone: on 25, 465 and 587, in hexadecimal as the kernel has them.

# Whether a list of addresses has none but those of the host itself.
of_this_host() { [[ $1 == +(localhost|loopback-only|127.0.0.1|::1|[][,\; ]) ]]; }

# A line that begins with a blank goes on with the one before.
postfix_lines() {
  awk '/^[ \t]*(#|$)/ { next } /^[ \t]/ { line = line $0; next } { print line; line = $0 } END { print line }' "$1" 2>/dev/null
}

audit_mail() {
  local address state now='' then=''
  while read -r _ address _ state _; do
    [[ $state == 0A && $address == *:@(0019|01D1|024B) && $address != @(?(0000000000000000FFFF0000)??????7F|00000000000000000000000001000000):* ]] && now=$address
  done < <(cat "$ROOT"/proc/net/tcp{,6} 2>/dev/null)
  if [[ -r $ROOT/etc/postfix/main.cf ]]; then
    REPLY=$(postfix_lines "$ROOT/etc/postfix/main.cf" | sed -nE 's/^inet_interfaces[[:space:]]*=[[:space:]]*//p' | tail -n1)
    of_this_host "${REPLY:-all}" || then="postfix: inet_interfaces = ${REPLY:-all}"
    # A service of master.cf may have an address of its own.
    while read -r REPLY; do
      of_this_host "$REPLY" || then="postfix: master.cf has $REPLY"
    done < <(postfix_lines "$ROOT/etc/postfix/master.cf" | awk '$2 == "inet" && match($1, /:[^:]*$/) { print substr($1, 1, RSTART - 1) }')
  elif [[ -r $ROOT/etc/exim4/update-exim4.conf.conf ]]; then
    REPLY=$(sed -n 's/^dc_local_interfaces=//p' "$ROOT/etc/exim4/update-exim4.conf.conf" | tail -n1)
    of_this_host "${REPLY//[\"\']/}" || then="exim4: dc_local_interfaces=$REPLY"
  elif [[ -z $now ]]; then
    na 'no mail server' && return
  fi
  both "${now:-local}" "${now:+listens on $now}" "$then"
}
