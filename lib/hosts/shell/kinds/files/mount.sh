# shellcheck shell=bash
# needs: kinds/both
# mount '<path>…' wanted|- <option>…: the options in effect and in fstab or a mount unit. "wanted": it must be a file system of its own.

# The file system of a table that has a path on it: its place in MOUNT, its options in REPLY.
mount_in() {
  local from at options
  MOUNT='' REPLY=''
  while read -r from at _ options _; do
    [[ $from != '#'* && $2/ == "${at%/}"/* && ${#at} -ge ${#MOUNT} ]] && MOUNT=$at REPLY=$options
  done < <(cat "$ROOT/$1" 2>/dev/null)
}

# The options that the next boot gives a mount point, in REPLY; empty where nothing says.
persisted_mount() {
  local unit=${1#/} file line options=''
  unit=${unit//\//-}.mount
  mount_in etc/fstab "$1"
  # systemd mounts it itself, and so it needs no file.
  [[ $1 != /dev/shm ]] || options=nosuid,nodev
  [[ $MOUNT != "$1" || ,$REPLY, == *,noauto,* ]] || options=$REPLY
  # A unit of /etc goes before fstab, which goes before one of /usr; drop-ins come on top of any.
  for file in "$ROOT"/usr/lib/systemd/system/"$unit" "$ROOT"/etc/systemd/system/"$unit"{,.d/*.conf}; do
    [[ $file == "$ROOT/usr"* && $MOUNT == "$1" ]] && continue
    while read -r line; do
      [[ $line != Options=* ]] || options=${line#Options=}
    done < <(cat "$file" 2>/dev/null)
  done
  REPLY=$options
}

# Those of some options that a list has not, or takes back, in REPLY; "exec" asks for nothing.
options_missing() {
  local option
  REPLY=
  for option in "${@:2}"; do
    [[ $option == exec || ,$1, == *",$option,"* && ,$1, != *",$option,"?(*,)"${option#no},"* ]] || REPLY+="${REPLY:+,}$option"
  done
}

# File systems further down in the tree have options of their own; the worst of them in `now`.
mounts_below() {
  local at options
  while read -r _ at _ options _; do
    [[ $at == "$1"/* ]] || continue
    seen=$options
    options_missing "$options" "${@:2}"
    [[ -z $REPLY ]] || now="$at is mounted without $REPLY"
  done < <(cat "$ROOT/proc/self/mounts" 2>/dev/null)
}

audit_mount() {
  local path now='' then='' seen=''
  for path in $1; do
    mounts_below "$path" "${@:3}"
    mount_in proc/self/mounts "$path"
    if [[ $MOUNT != "$path" ]]; then
      [[ $2 != wanted ]] || now="$path is no file system of its own" then=$now seen=none
      continue
    fi
    seen=$REPLY
    options_missing "$REPLY" "${@:3}"
    [[ -z $REPLY ]] || now="$path is mounted without $REPLY"
    persisted_mount "$path"
    options_missing "$REPLY" "${@:3}"
    [[ -z $REPLY ]] || then="the next boot mounts $path without $REPLY"
    [[ -z $now$then ]] || break
  done
  if [[ -z $seen ]]; then na "${1// /, }: no file systems of their own"; else both "$seen" "$now" "$then"; fi
}
