# shellcheck shell=bash
# needs: kinds/apt
# Packages and their lists are only taken with a signature.

APT_UNSIGNED=(APT::Get::AllowUnauthenticated Acquire::Allow{Insecure,Weak,DowngradeToInsecure}Repositories)
apt_signatures() {
  local key
  for key in "${APT_UNSIGNED[@]}"; do
    apt_value "$key"
    [[ ${REPLY,,} != @(1|yes|true|on|enable|with) ]] || { REPLY="$key is $REPLY" && return; }
  done
  REPLY=$(grep -Elis '^[[:space:]]*(deb[^#]*\[[^]]*(trusted|allow-insecure)=|(trusted|allow-insecure):[[:space:]]*)yes' \
    "$ROOT"/etc/apt/sources.list "$ROOT"/etc/apt/sources.list.d/*)
  REPLY=${REPLY%%$'\n'*}
  REPLY=${REPLY:+${REPLY#"$ROOT"} trusts a source without one}
}

dnf_signatures() {
  REPLY=$(grep -Elis '^[[:space:]]*gpgcheck *= *(0|no|false|off)' "$ROOT"/etc/dnf/dnf.conf "$ROOT"/etc/yum.repos.d/*.repo)
  REPLY=${REPLY%%$'\n'*}
  REPLY=${REPLY:+${REPLY#"$ROOT"} has gpgcheck off}
  grep -Eqis '^[[:space:]]*gpgcheck *= *(1|yes|true|on)' "$ROOT/etc/dnf/dnf.conf" || REPLY=${REPLY:-/etc/dnf/dnf.conf does not set gpgcheck}
}

audit_signatures() {
  unread apt && APT=$(apt_says)
  if [[ -n ${FACT[debian]-} ]]; then apt_signatures; else dnf_signatures; fi
  if [[ -n $REPLY ]]; then fail 'not enforced' false "$REPLY"; else pass enforced; fi
}
