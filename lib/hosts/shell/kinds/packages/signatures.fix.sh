# shellcheck shell=bash
# needs: kinds/signatures
# A source that is trusted without a signature may have none: without it, it would be gone.

# Where the list of a source came without a signature, in REPLY.
unsigned_source() {
  local list
  for list in "$ROOT"/var/lib/apt/lists/*_Release; do
    [[ -e $list.gpg ]] || { REPLY=${list##*/} && return; }
  done
  return 1
}

fix_signatures() {
  ! unsigned_source || refuse "$CONTROL" "unsigned_source:${REPLY%_Release}" || return
  printf '%s "false";\n' "${APT_UNSIGNED[@]}" | own_file /etc/apt/apt.conf.d/zz-plumbline-signatures 644 root:root || return
  APT=$(apt_says)
  apt_signatures
  [[ $REPLY != /* || $DRY == yes ]] || refuse "$CONTROL" "trusted_source:${REPLY%% *}"
}
