# shellcheck shell=bash
# needs: kinds/key-files kinds/both
# keys <days>: of keys that let somebody in, none is older, and each is among the known ones where /etc/plumbline/known-keys has a list of fingerprints.

audit_keys() {
  local days=$1 user id home path
  local -A paths=()
  KEY_COUNT=0 KEY_WHY=''
  read_key_patterns
  # Without a shell a key still leads through a tunnel.
  while IFS=: read -r user _ id _ _ home _; do
    key_files "$user" "$id" "$home"
    for path in "${KEY_FILES[@]}"; do paths[$path]=1; done
  done < <(cat "$ROOT"/etc/passwd "$ROOT"/var/lib/extrausers/passwd 2>/dev/null)
  for path in "${KEY_AUTHORITIES[@]}"; do paths[$path]=1; done
  for path in "${!paths[@]}"; do
    # A pipe that nobody writes to must not hold us.
    [[ ! -f $ROOT$path ]] || judge_keys "$path" "$days"
  done
  if [[ -z $KEY_WHY && -n $KEY_COMMAND ]]; then
    unknown "keys come from $KEY_COMMAND, too"
  else
    both "$KEY_COUNT keys" '' "$KEY_WHY"
  fi
}

judge_keys() {
  local print since known=$ROOT/etc/plumbline/known-keys
  since=$(stat -L -c %Y "$ROOT$1")
  while read -r _ print _; do
    [[ $print =~ ^SHA256:[A-Za-z0-9+/]{43}$ ]] || continue
    KEY_COUNT=$((KEY_COUNT + 1))
    ((since > EPOCHSECONDS - $2 * 86400)) || KEY_WHY="older than $2 days: $1"
    [[ ! -e $known ]] || grep -Fqw "$print" "$known" || KEY_WHY="unknown: $print $1"
  done < <(timeout 5 head -c 99999 "$ROOT$1" | ssh-keygen -lf - 2>/dev/null)
}
