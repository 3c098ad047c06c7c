# shellcheck shell=bash
# needs: kinds/signatures
# A source that is trusted without a signature may have none: without it, it would be gone.

fix_signatures() {
  local key
  for key in APT::Get::AllowUnauthenticated Acquire::Allow{Insecure,Weak,DowngradeToInsecure}Repositories; do
    printf '%s "false";\n' "$key"
  done | own_file /etc/apt/apt.conf.d/zz-plumbline-signatures 644 root:root || return
  APT=$(apt_says)
  apt_signatures
  [[ $REPLY != /* || $DRY == yes ]] || refuse "$CONTROL" "trusted_source:${REPLY%% *}"
}
