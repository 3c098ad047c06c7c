# shellcheck shell=bash
# Takes one transaction back, by the clock, at boot, by its document, or at once where a test failed. It may die anywhere and start again.

LEFT=() RELOADS=()

# rollback <why>: `boot`, `document`, or a reason in words. REPLY is what became of it.
rollback() {
  local why=$1
  exec 8>>"$STATE/rollback.lock"
  flock -w 300 8 || return 1
  claim "$why" || return 0
  stop_hardening
  undo_all "$why" "$BACKUP/journal" "$BACKUP/undone"
  # At boot nothing runs yet that would have to read it again.
  [[ $why == boot ]] || reload_all
  printf '%s\n' "reverted $why" >"$BACKUP/ended"
  sync -f "$BACKUP"
  rm -f "$STATE/reverting"
  disarm
  prune
  REPLY=reverted
  printf 'plumbline: %s is taken back: %s\n' "$ID" "$why" >&2
}

# Whoever renames `pending` first wins. A rollback that died has its name on `reverting`.
claim() {
  local name
  for name in pending reverting confirmed; do
    [[ $(cat "$STATE/$name" 2>/dev/null) == "$ID" ]] || continue
    [[ $name != confirmed || $1 == document ]] || break
    [[ $name == reverting ]] || mv -fT "$STATE/$name" "$STATE/reverting" 2>/dev/null || continue
    sync "$STATE"
    return 0
  done
  REPLY=unknown
  [[ ! -e $BACKUP/ended ]] || read -r REPLY _ <"$BACKUP/ended"
  # One that was confirmed before another run was: its files are taken back where they are still as it wrote them.
  if [[ $1 == document && $REPLY == confirmed ]]; then
    printf '%s\n' "$ID" >"$STATE/reverting" && return 0
  fi
  disarm
  return 1
}

# Stops the run that still changes things, with all that it started.
stop_hardening() {
  local pid start boot
  read -r pid start boot 2>/dev/null <"$BACKUP/runner" || return 0
  [[ $pid != "$BASHPID" && $boot == "$(boot_id)" ]] && process_start "$pid" && [[ $REPLY == "$start" ]] || return 0
  kill -STOP "$pid" 2>/dev/null
  kill_tree "$pid"
}

kill_tree() {
  local each stat
  for each in /proc/[0-9]*/stat; do
    read -r stat 2>/dev/null <"$each" || continue
    stat=${stat##*') '}
    stat=${stat#* }
    if [[ ${stat%% *} == "$1" ]]; then
      each=${each%/stat}
      kill_tree "${each#/proc/}"
    fi
  done
  kill -9 "$1" 2>/dev/null
}

# undo_all <why> <journal> <how many are undone>: the last change first; a second start goes on where the first one died.
undo_all() {
  local words=() starts=() at=0 count undone=0
  mapfile -d '' -t words 2>/dev/null <"$2"
  # An entry whose end mark is missing was never acted on.
  while ((at < ${#words[@]})) && count=${words[at]} && [[ ${words[at + count + 1]-} == . ]]; do
    starts+=("$at")
    at=$((at + count + 2))
  done
  read -r undone 2>/dev/null <"$3" || undone=0
  for ((at = ${#starts[@]} - 1 - undone; at >= 0; at--)); do
    count=${words[starts[at]]}
    undo "$1" "${words[@]:starts[at]+1:count}"
    printf '%s\n' "$((${#starts[@]} - at))" >"$3"
  done
}

undo() {
  local why=$1
  shift
  case $why:$1 in
    boot:@(sysctl|follower|table)) ;; # The kernel came up with its own.
    *:file) undo_file "${@:2}" ;;
    *:folder) rmdir "$ROOT$2" 2>/dev/null ;;
    *:mode) undo_mode "${@:2}" ;;
    *:sysctl) undo_sysctl "${@:2}" ;;
    *:follower) write_sysctl "$2" "$3" ;;
    *:run) timeout 60 "${@:2}" </dev/null >&2 || left "command failed: ${*:2}" ;;
    *:table) undo_table "$2" ;;
    *:unit) undo_unit "$why" "${@:2}" ;;
    *:activate) RELOADS+=("$2") ;;
  esac
}

# What could not be put back; reported, never forced.
left() {
  LEFT+=("$1")
  printf '%s\n' "$1" >>"$BACKUP/left"
}

# undo_file <path> <backup or -> <state before> <hash that we wrote>
undo_file() {
  local path=$ROOT$1
  rm -f "${path%/*}/.plumbline-$ID"
  state_of "$path" || REPLY=other
  [[ $REPLY != "$3" ]] || return 0
  if [[ ${REPLY%% *} != "$4" ]]; then left "$1 was changed by somebody else" && return; fi
  if [[ $2 == - ]]; then rm -f "$path"; else put "$BACKUP/before/$2" "$path"; fi || left "$1 was not written"
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

undo_sysctl() {
  sysctl_value "$ROOT/proc/sys/$1" || return 0
  case $REPLY in
    "$2") ;;
    "$3") write_sysctl "$1" "$2" || left "$1 was not written" ;;
    *) left "$1 was changed by somebody else" ;;
  esac
}

# undo_unit <why> <unit> <enabled before> <active before>
undo_unit() {
  local wait=()
  # At boot a job can only be queued: whatever it waits for comes after us.
  [[ $1 != boot ]] || wait=(--no-block)
  case $3 in
    masked) units mask "$2" ;;
    enabled) units unmask "$2" && units enable "$2" ;;
    disabled) units unmask "$2" && units disable "$2" ;;
    *) units unmask "$2" ;;
  esac >&2 || left "$2 is not $3 again"
  case $4 in
    active | activating) units "${wait[@]}" start "$2" ;;
    *) units "${wait[@]}" stop "$2" ;;
  esac >&2 || left "$2 is not $4 again"
}
