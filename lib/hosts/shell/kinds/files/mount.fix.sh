# shellcheck shell=bash
# needs: kinds/mount never/mounts
# Options into fstab, and into what is mounted; nothing is mounted that is not: it would hide what is there.

fix_mount() {
  local path missing unwritten
  for path in $1; do
    real_path "$path"
    path=$REPLY
    mount_in proc/self/mounts "$path"
    if [[ $MOUNT != "$path" ]]; then
      [[ $2 != wanted ]] || refuse "$CONTROL" "not_a_mount:$path" || return
      continue
    fi
    options_missing "$REPLY" "${@:3}"
    missing=$REPLY
    persisted_mount "$path" "${@:3}"
    options_missing "$REPLY" "${@:3}"
    unwritten=$REPLY
    [[ $missing$unwritten != *noexec* ]] || ! runs_from "$path" || refuse "$CONTROL" "in_use:$REPLY" || return
    [[ -z $unwritten ]] || write_options "$path" "$unwritten" || return
    [[ -z $missing ]] || remount "$path" "$missing" || return
  done
}

# fstab with more options for a path. What a unit mounts, or somebody by hand, is left as it is.
write_options() {
  local unit=${1#/}
  unit=${unit//\//-}.mount
  for unit in "$ROOT"/{etc,usr/local/lib,usr/lib}/systemd/system/{"$unit"{,.d/*.conf},mount.d/*.conf}; do
    [[ ! -e $unit ]] || refuse "$CONTROL" "mounted_by:${unit#"$ROOT"}" || return
  done
  mount_in etc/fstab "$1"
  if [[ $MOUNT == "$1" ]]; then
    # The last of two options that contradict each other counts.
    awk -v path="$1" -v more="$2" '!/^[[:space:]]*#/ && ($2 == path || $2 == path "/") { $4 = $4 "," more } { print }' "$ROOT/etc/fstab" | replace_file /etc/fstab
  elif [[ $1 == /dev/shm ]]; then
    { cat "$ROOT/etc/fstab" 2>/dev/null && echo "tmpfs /dev/shm tmpfs nosuid,nodev,$2 0 0"; } | own_file /etc/fstab 644 root:root
  else
    refuse "$CONTROL" "not_in_fstab:$1"
  fi
}

# Whether a program or a library of a file system runs now; REPLY is its process.
runs_from() {
  local maps
  for maps in "$ROOT"/proc/[0-9]*/maps; do
    grep -Eqs "^[^ ]+ ..x[^/]+$1/" "$maps" || continue
    read -r REPLY <"${maps%/maps}/comm" && return
  done 2>/dev/null
  return 1
}

remount() {
  local inverse=,$2
  inverse=${inverse//,no/,}
  [[ -n $ROOT ]] || reversible mount -o "remount$inverse" "$1" -- mount -o "remount,$2" "$1"
}
