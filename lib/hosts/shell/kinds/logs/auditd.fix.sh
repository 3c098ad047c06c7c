# shellcheck shell=bash
# needs: kinds/auditd

AUDIT_OURS=/etc/audit/rules.d/plumbline.rules

fix_auditd() {
  local rule missing=()
  # Rules that were made immutable wait for the next boot, and so would the proof.
  [[ $(in_root auditctl -s 2>/dev/null) != *'enabled 2'* ]] || refuse "$CONTROL" rules_immutable || return
  # To load the files takes away what somebody loaded without one.
  (($(grep -c '^-[aAw]' <<<"$RULES_LOADED") <= $(grep -c '^[[:space:]]*-[aAw]' <<<"$RULES_WRITTEN"))) || refuse "$CONTROL" rules_without_file || return
  wanted_rules "$@"
  for rule in "${WANTED[@]}"; do
    missing_rules "$rule" <<<"$RULES_WRITTEN"
    ((!MISSING)) || missing+=("$rule -k plumbline")
  done
  if ((!${#missing[@]})); then
    reversible augenrules --load -- augenrules --load
    return
  fi
  {
    cat "$ROOT$AUDIT_OURS" 2>/dev/null || echo '# Written by Plumbline; changed by it only.'
    printf '%s\n' "${missing[@]}"
  } | own_file "$AUDIT_OURS" 640 root:root && activate auditd
}
