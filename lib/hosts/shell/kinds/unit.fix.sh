# shellcheck shell=bash
# needs: kinds/unit units
# Of what will do alike, the first that is installed is switched on; off is each that is there.

fix_unit() {
  local unit each
  for unit in "${@:2}"; do
    for each in ${unit//|/ }; do
      unit_state "$each"
      [[ $REPLY != not-found* ]] || continue
      # Version 3 of NFS asks it for its locks.
      [[ $1:$each != off:rpcbind.* ]] || ! grep -q ' nfs ' /proc/self/mounts || refuse "$CONTROL" in_use:nfs || return
      "unit_$1" "$each" || return
      [[ $1 == off ]] || break
    done
  done
}
