# shellcheck shell=bash
# mount <path> wanted|- <option>…: the options in effect and in fstab or a mount unit. "wanted": it must be a file system of its own.

# The options that the next boot gives a mount point, in REPLY; empty where nothing says.
persisted_mount() {
  local file path options line
  REPLY=
  while read -r _ path _ options _; do
    [[ $path == "$1" ]] && REPLY=$options
  done < <(grep -v '^[[:space:]]*#' "$ROOT/etc/fstab" 2>/dev/null)
  [[ -z $REPLY ]] || return 0
  # systemd mounts it itself, and so it needs no file.
  [[ $1 != /dev/shm ]] || REPLY=nosuid,nodev
  file=${1#/}
  for file in "$ROOT"/usr/lib/systemd/system/"${file//\//-}".mount "$ROOT"/etc/systemd/system/"${file//\//-}".mount{,.d/*.conf}; do
    while read -r line; do
      [[ $line != Options=* ]] || REPLY=${line#Options=}
    done < <(cat "$file" 2>/dev/null)
  done
}

audit_mount() {
  local path=$1 own=$2 at options in_effect='' option missing='' unwritten=''
  while read -r _ at _ options _; do
    [[ $at == "$path" ]] && in_effect=$options
  done <"$ROOT/proc/self/mounts"
  if [[ -z $in_effect ]]; then
    if [[ $own == wanted ]]; then fail none false "$path is no file system of its own"; else na "$path is no file system of its own"; fi
    return
  fi
  persisted_mount "$path"
  for option in "${@:3}"; do
    [[ ,$in_effect, == *",$option,"* ]] || missing+="${missing:+,}$option"
    [[ ,$REPLY, == *",$option,"* ]] || unwritten+="${unwritten:+,}$option"
  done
  if [[ -n $missing ]]; then
    fail "$in_effect" "$([[ -z $unwritten ]] && echo true || echo false)" "$path is mounted without $missing"
  elif [[ -n $unwritten ]]; then
    fail "$in_effect" false "the next boot mounts $path without $unwritten"
  else
    pass "$in_effect"
  fi
}
