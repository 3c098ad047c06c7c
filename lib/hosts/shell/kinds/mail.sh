# shellcheck shell=bash
# needs: kinds/both kinds/setting
# A mail server listens for this host alone: on 25, 465 and 587, in hexadecimal as the kernel has them.

audit_mail() {
  local address state now='' then=''
  while read -r _ address _ state _; do
    [[ $state == 0A && $address == *:@(0019|01D1|024B) && $address != @(?(0000000000000000FFFF0000)??????7F|00000000000000000000000001000000):* ]] && now=$address
  done < <(cat "$ROOT"/proc/net/tcp{,6} 2>/dev/null)
  if [[ -r $ROOT/etc/postfix/main.cf ]]; then
    REPLY=$(sed -n 's/^inet_interfaces *= *//p' "$ROOT/etc/postfix/main.cf" | tail -n1)
    [[ ${REPLY:-all} == +(localhost|loopback-only|127.0.0.1|::1|[][, ]) ]] || then="postfix: inet_interfaces = ${REPLY:-all}"
  elif setting dc_local_interfaces exim4/update-exim4.conf.conf; [[ -n $REPLY ]]; then
    [[ $REPLY == *127.0.0.1* ]] || then="exim4: dc_local_interfaces=$REPLY"
  elif [[ -z $now ]]; then
    na 'no mail server' && return
  fi
  both "${now:-local}" "${now:+listens on $now}" "$then"
}
