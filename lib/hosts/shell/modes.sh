# shellcheck shell=bash
# Modes and owners of files and folders.

# set_mode <path> <mode> <owner:group>, "-" for whatever it is.
set_mode() {
  local handle before mode=$2 owner=$3
  hold_open "$ROOT$1" || refuse "$CONTROL" "$REPLY:$1" || return 1
  handle=$REPLY
  before=$(stat -L -c '%a %u:%g' "/proc/$BASHPID/fd/$handle")
  if [[ $mode == - ]]; then mode=${before% *}; else printf -v mode '%o' "$((8#$mode))"; fi
  if owner_number "$owner" "${before#* }"; then owner=$REPLY; else refuse "$CONTROL" "no_owner:$3"; fi
  # The mode of a group is then the most that the list gives anybody: less of it would shut others out.
  [[ $mode == "${before% *}" || $(ls -Lld "/proc/$BASHPID/fd/$handle") != ??????????+* ]] || ((!(8#${before% *} & ~8#$mode & 8#070))) || refuse "$CONTROL" "acl:$1"
  if [[ -z $REFUSED && $before != "$mode $owner" ]]; then
    if [[ $DRY == yes ]]; then
      would "$1: $before -> $mode $owner"
    else
      journal mode "$1" "$before" "$mode $owner"
      change_mode "$handle" "$mode" "$owner" || refuse "$CONTROL" "not_changed:$1"
    fi
  fi
  exec {handle}<&-
  [[ -z $REFUSED ]]
}

# The numbers of `user:group`, as the files of the host name them; "-" is the second argument.
owner_number() {
  local name group
  REPLY=$2
  [[ $1 != - ]] || return 0
  name=$(awk -F: -v name="${1%:*}" '$1 == name { print $3; exit }' "$ROOT/etc/passwd")
  group=$(awk -F: -v name="${1#*:}" '$1 == name { print $3; exit }' "$ROOT/etc/group")
  REPLY=$name:$group
  [[ -n $name && -n $group ]]
}

# A handle of the very file: whoever owns the folder can not put another one in its place between the look and the change.
hold_open() {
  local handle
  REPLY=not_a_file
  [[ -f $1 || -d $1 ]] && [[ ! -L $1 ]] || return 1
  exec {handle}<"$1" || return 1
  if [[ $(readlink "/proc/$BASHPID/fd/$handle") != "$REAL${1#"$ROOT"}" ]]; then
    REPLY=unsafe_path
  elif [[ -f $1 && $(stat -L -c %h "/proc/$BASHPID/fd/$handle") != 1 ]]; then
    REPLY=hard_link
  else
    REPLY=$handle
    return 0
  fi
  exec {handle}<&-
  return 1
}

# The owner first: a change of owner takes the setuid bit away.
change_mode() {
  # Of a folder chmod takes setgid away only where it is given five digits.
  chown "$3" "/proc/$BASHPID/fd/$1" && chmod "$(printf '%05o' "$((8#$2))")" "/proc/$BASHPID/fd/$1"
}

# undo_mode <path> <mode and owner before> <mode and owner that we set>
undo_mode() {
  local handle now mode
  if ! hold_open "$ROOT$1"; then left "$1: $REPLY" && return; fi
  handle=$REPLY
  now=$(stat -L -c '%a %u:%g' "/proc/$BASHPID/fd/$handle")
  # Killed between the owner and the mode it has the one of us and the other of before, perhaps without its setuid bit.
  printf -v mode '%o' "$((8#${2% *} & 8#1777))"
  if [[ $now != "$2" ]]; then
    if [[ "${2% *} $mode ${3% *}" != *"${now% *}"* || "${2#* } ${3#* }" != *"${now#* }"* ]]; then
      left "$1 was changed by somebody else"
    else
      change_mode "$handle" "${2% *}" "${2#* }" || left "$1 was not changed"
    fi
  fi
  exec {handle}<&-
}
