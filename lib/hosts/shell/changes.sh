# shellcheck shell=bash
# What a fix may change beside the content of files; journal and refusals are as in transaction.sh.

# set_mode <path> <mode> <owner:group>, "-" for whatever it is.
set_mode() {
  local handle before mode=$2 owner=$3
  hold_open "$ROOT$1" || refuse "$CONTROL" "$REPLY:$1" || return 1
  handle=$REPLY
  before=$(stat -L -c '%a %u:%g' "/proc/$BASHPID/fd/$handle")
  if [[ $mode == - ]]; then mode=${before% *}; else printf -v mode '%o' "$((8#$mode))"; fi
  if owner_number "$owner" "${before#* }"; then owner=$REPLY; else refuse "$CONTROL" "no_owner:$3"; fi
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
  chown "$3" "/proc/$BASHPID/fd/$1" && chmod "$2" "/proc/$BASHPID/fd/$1"
}

# The value of a sysctl in REPLY, its words parted by one space.
sysctl_value() {
  local value=''
  read -r -d '' value 2>/dev/null <"$1" || [[ -n $value ]] || return 1
  REPLY=${value//[[:space:]]/ }
}

# set_sysctl <key> <value>: the value in effect; net.ipv4.x or, where a name has a dot, net/ipv4/x.
set_sysctl() {
  local key=$1 path before
  [[ $key == */* ]] || key=${key//.//}
  path=$ROOT/proc/sys/$key
  sysctl_value "$path" || refuse "$CONTROL" "no_sysctl:$1" || return 1
  before=$REPLY
  [[ $before != "$2" ]] || return 0
  allowed_sysctl "$key" "$2" || refuse "$CONTROL" "$REPLY" || return 1
  if [[ $DRY == yes ]]; then would "$1: $before -> $2" && return; fi
  keep_followers "$key"
  journal sysctl "$key" "$before" "$2"
  { write_sysctl "$key" "$2" && sysctl_value "$path" && [[ $REPLY == "$2" ]]; } || refuse "$CONTROL" "not_changed:$1"
}

write_sysctl() { { printf '%s\n' "$2" >"$ROOT/proc/sys/$1"; } 2>/dev/null; }

# The kernel changes forwarding and redirects of each interface along with the forwarding of all.
keep_followers() {
  local each
  [[ $1 == net/ipv[46]/@(ip_forward|conf/*/forwarding) ]] || return 0
  for each in "$ROOT"/proc/sys/net/ipv[46]/conf/*/@(forwarding|accept_redirects); do
    sysctl_value "$each" && journal follower "${each#"$ROOT/proc/sys/"}" "$REPLY"
  done
}

# reversible <words of the inverse…> -- <command…>: the inverse sets what was before, so that it may run twice or in vain.
reversible() {
  local inverse=()
  while [[ $# -gt 0 && $1 != -- ]]; do inverse+=("$1") && shift; done
  shift
  # One text is split at blanks, never evaluated.
  if [[ ${#inverse[@]} == 1 ]]; then read -ra inverse <<<"${inverse[0]}"; fi
  if [[ $DRY == yes ]]; then would "run $*" && return; fi
  journal run "${inverse[@]}"
  "$@" </dev/null >&2 || refuse "$CONTROL" "failed:$1"
}

# systemctl where systemd runs; in a folder only what it does to files.
units() {
  if [[ -z $ROOT && -d /run/systemd/system ]]; then
    systemctl "$@"
  else
    case $1 in
      enable | disable | mask | unmask | is-enabled) SYSTEMD_OFFLINE=1 in_root systemctl "$@" ;;
      is-active) echo unknown ;;
    esac
  fi
}

unit_on() { unit_set "$1" on; }
unit_off() { unit_set "$1" off; }

unit_set() {
  local enabled active
  enabled=$(units is-enabled "$1" 2>/dev/null)
  active=$(units is-active "$1" 2>/dev/null)
  [[ -n $enabled && $enabled != not-found ]] || refuse "$CONTROL" "no_unit:$1" || return 1
  case $2:$enabled:$active in
    on:@(enabled|static|indirect|generated|alias):@(active|unknown) | off:@(disabled|masked):@(inactive|failed|unknown)) return 0 ;;
  esac
  [[ $2 == on ]] || allowed_off "$1" || refuse "$CONTROL" "$REPLY" || return 1
  if [[ $DRY == yes ]]; then would "$1: $enabled $active -> $2" && return; fi
  journal unit "$1" "$enabled" "$active"
  if [[ $2 == on ]]; then
    units unmask "$1" >&2 && units enable "$1" >&2 && units start "$1" >&2
  else
    # A unit file of the administrator's in /etc can not be masked: off is then disabled and stopped.
    units stop "$1" >&2 && units disable "$1" >&2 && { units mask "$1" >&2 || true; }
  fi || refuse "$CONTROL" "failed:$1"
}
