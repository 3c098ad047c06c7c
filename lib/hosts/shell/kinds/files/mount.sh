# shellcheck shell=bash
# needs: kinds/both conf-files
# mount '<path>…' wanted|- <option>…: the options in effect and in fstab or a mount unit. "wanted": it must be a file system of its own.

# The lines of a table. Of what users may mount, that says more than it names.
mount_lines() { sed -E 's/([[:space:],])(users?)(,|[[:space:]])/\1\2,noexec,nosuid,nodev\3/;/^\s*#/d' "$ROOT/$1" 2>/dev/null; }

# The file system of a table that has a path on it: its place in MOUNT, its options in REPLY.
mount_in() {
  local at options
  MOUNT='' REPLY=''
  while read -r _ at _ options _; do
    at=${at%/}
    [[ $2/ == "$at"/* && ${#at} -ge ${#MOUNT} ]] && MOUNT=$at REPLY=$options
  done < <(mount_lines "$1")
  MOUNT=${MOUNT:-/}
}

# fstab_options <path> <option>…: what fstab gives a mount point at boot, in REPLY; of several lines the one that has not all.
fstab_options() {
  local at options found=''
  while read -r _ at _ options _; do
    [[ ${at%/} == "$1" && ,$options, != *,noauto,* ]] || continue
    options_missing "$options" "${@:2}"
    [[ -n $found && -z $REPLY ]] || found=$options
  done < <(mount_lines etc/fstab)
  REPLY=$found
  [[ -n $found ]]
}

unit_options() { REPLY=$(sed -nE 's/^\s*Options\s*=\s*//p' "$1" | tail -n1); }

# persisted_mount <path> <option>…: the options that the next boot gives a mount point, in REPLY; empty where nothing says.
persisted_mount() {
  local unit=${1#/} file folder options=''
  unit=${unit//\//-}.mount
  # systemd mounts it itself, and so it needs no file.
  [[ $1 != /dev/shm ]] || options=nosuid,nodev
  # A unit of /etc goes before fstab, which goes before one of /usr; one that is masked mounts nothing.
  for folder in usr/lib usr/local/lib fstab etc; do
    file=$ROOT/$folder/systemd/system/$unit
    if [[ $folder == fstab ]]; then
      fstab_options "$@" && options=$REPLY
    elif [[ -r $file ]]; then
      unit_options "$file"
      options=$REPLY
    fi
  done
  # Drop-ins come on top of any, those for all units of this kind, too.
  for folder in mount.d "$unit.d"; do
    conf_files "systemd/system/$folder"
    for file in ${CONF_FILES[@]+"${CONF_FILES[@]}"}; do
      unit_options "$file"
      ! grep -Eq '^\s*Options\s*=' "$file" || options=$REPLY
    done
  done
  REPLY=$options
}

# Where a path leads, in REPLY.
real_path() {
  REPLY=$(in_root readlink -f "$1" 2>/dev/null)
  REPLY=${REPLY:-$1}
}

# Those of some options that a list has not, or takes back, in REPLY; "exec" asks for nothing.
options_missing() {
  local option
  REPLY=
  for option in "${@:2}"; do
    [[ $option == exec || ,$1, == *",$option,"* && ,$1, != *",$option,"?(*,)"${option#no},"* ]] || REPLY+="${REPLY:+,}$option"
  done
}

# File systems further down in the tree have options of their own; the worst of them in `now` and `then`.
mounts_below() {
  local at options
  while read -r _ at _ options _; do
    [[ $at == "$1"/* ]] || continue
    seen=$options
    options_missing "$options" "${@:2}"
    [[ -z $REPLY ]] || now="$at is mounted without $REPLY"
  done < <(mount_lines proc/self/mounts)
  while read -r _ at _ options _; do
    [[ $at == "$1"/* && ,$options, != *,noauto,* ]] || continue
    options_missing "$options" "${@:2}"
    [[ -z $REPLY ]] || then="the next boot mounts $at without $REPLY"
  done < <(mount_lines etc/fstab)
}

audit_mount() {
  local path now='' then='' seen=''
  for path in $1; do
    real_path "$path"
    path=$REPLY
    mounts_below "$path" "${@:3}"
    mount_in proc/self/mounts "$path"
    if [[ $MOUNT != "$path" ]]; then
      if [[ $2 == wanted ]]; then
        now="$path is no file system of its own" then=$now seen=none
      elif fstab_options "$path" "${@:3}" && options_missing "$REPLY" "${@:3}" && [[ -n $REPLY ]]; then
        then="the next boot mounts $path without $REPLY"
      fi
      continue
    fi
    seen=$REPLY
    options_missing "$REPLY" "${@:3}"
    [[ -z $REPLY ]] || now="$path is mounted without $REPLY"
    persisted_mount "$path" "${@:3}"
    options_missing "$REPLY" "${@:3}"
    [[ -z $REPLY ]] || then="the next boot mounts $path without $REPLY"
    [[ -z $now$then ]] || break
  done
  if [[ -z $seen$then ]]; then na "${1// /, }: no file systems of their own"; else both "${seen:-none}" "$now" "$then"; fi
}
