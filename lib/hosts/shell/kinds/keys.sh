# shellcheck shell=bash
# needs: kinds/homes kinds/both
# keys <days>: of keys that let somebody in, none is older, and each is among the known ones where /etc/plumbline/known-keys has a list of fingerprints.

audit_keys() {
  local each path print count=0 since why='' known=$ROOT/etc/plumbline/known-keys
  read_homes
  for each in "${HOMES[@]}"; do
    for path in "$ROOT${each#* }/.ssh/authorized_keys"?(2); do
      # A pipe that nobody writes to must not hold us.
      [[ -f $path ]] || continue
      since=$(stat -L -c %Y "$path")
      while read -r _ print _; do
        [[ $print =~ ^SHA256:[A-Za-z0-9+/]{43}$ ]] || continue
        count=$((count + 1))
        ((since > EPOCHSECONDS - $1 * 86400)) || why="older than $1 days: ${path#"$ROOT"}"
        [[ ! -e $known ]] || grep -Fqw "$print" "$known" || why="unknown: $print ${path#"$ROOT"}"
      done < <(timeout 5 head -c 99999 "$path" | ssh-keygen -lf - 2>/dev/null)
    done
  done
  both "$count keys" '' "$why"
}
