# shellcheck shell=bash
# needs: kinds/apt
# Packages and their lists are only taken with a signature.

APT_UNSIGNED=(APT::Get::AllowUnauthenticated APT::Get::Force-Yes Acquire::Allow{Insecure,Weak,DowngradeToInsecure}Repositories)
apt_signatures() {
  local key
  for key in "${APT_UNSIGNED[@]}"; do
    apt_value "$key"
    [[ ${REPLY,,} != @(1|yes|true|on|enable|with) ]] || { REPLY="$key is $REPLY" && return; }
  done
  # In words as apt takes them for true; in other files than these it looks for no sources.
  REPLY=$(grep -Elis '^[[:space:]]*(deb[^#]*\[[^]]*(trusted|allow-(insecure|weak|downgrade-to-insecure))=|(trusted|allow-(insecure|weak|downgrade-to-insecure)):[[:space:]]*)(yes|true|with|on|enable|1)([]#[:space:]]|$)' \
    "$ROOT"/etc/apt/sources.list "$ROOT"/etc/apt/sources.list.d/*.@(list|sources))
  # A value may stand on the next line.
  [[ -n $REPLY ]] || REPLY=$(awk 'tolower(last) ~ /^(trusted|allow-(insecure|weak|downgrade-to-insecure)):[ \t]*$/ && tolower($0) ~ /^[ \t]+(yes|true|with|on|enable|1)[ \t]*$/ { print FILENAME } { last = $0 }' "$ROOT"/etc/apt/sources.list.d/*.sources </dev/null)
  REPLY=${REPLY%%$'\n'*}
  REPLY=${REPLY:+${REPLY#"$ROOT"} trusts a source without one}
}

dnf_signatures() {
  REPLY=$(grep -Elis '^[[:space:]]*gpgcheck[[:space:]]*[=:][[:space:]]*(0|no|false|off)' "$ROOT"/etc/dnf/dnf.conf "$ROOT"/etc/{yum.repos.d,distro.repos.d,yum/repos.d,dnf/repos.override.d}/*.repo)
  REPLY=${REPLY%%$'\n'*}
  REPLY=${REPLY:+${REPLY#"$ROOT"} has gpgcheck off}
  grep -Eqis '^[[:space:]]*gpgcheck[[:space:]]*[=:][[:space:]]*(1|yes|true|on)' "$ROOT/etc/dnf/dnf.conf" || REPLY=${REPLY:-/etc/dnf/dnf.conf does not set gpgcheck}
}

audit_signatures() {
  unread apt && APT=$(apt_says)
  if [[ -n ${FACT[debian]-} ]]; then apt_signatures; else dnf_signatures; fi
  if [[ -n $REPLY ]]; then fail 'not enforced' false "$REPLY"; else pass enforced; fi
}
