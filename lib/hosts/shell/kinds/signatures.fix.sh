# shellcheck shell=bash
# needs: kinds/signatures
# A source that is trusted without a signature may have none: without it, it would be gone.

fix_signatures() {
  printf '%s "false";\n' "${APT_UNSIGNED[@]}" | own_file /etc/apt/apt.conf.d/zz-plumbline-signatures 644 root:root || return
  APT=$(apt_says)
  apt_signatures
  [[ $REPLY != /* || $DRY == yes ]] || refuse "$CONTROL" "trusted_source:${REPLY%% *}"
}
