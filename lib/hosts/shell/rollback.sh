# shellcheck shell=bash
# Takes one transaction back, by the clock, at boot, by its document, or at once where a test failed. It may die anywhere and start again.

LEFT=() RELOADS=() CAUSE=control

# rollback <why>: `boot`, `document`, or a reason in words. REPLY is what became of it.
rollback() {
  CAUSE=$1
  exec 8>>"$STATE/rollback.lock"
  flock -w 300 8 || return 1
  claim || return 0
  stop_hardening
  undo_all "$BACKUP/journal" "$BACKUP/undone"
  # At boot nothing runs yet that would have to read it again.
  [[ $CAUSE == boot ]] || reload_all left
  printf '%s\n' "reverted $CAUSE" >"$BACKUP/ended"
  rm -f "$ROOT/run/plumbline-trial-$ID"*
  sync -f "$BACKUP"
  rm -f "$STATE/reverting"
  disarm
  prune
  REPLY=reverted
  printf 'plumbline: %s is taken back: %s\n' "$ID" "$CAUSE"
}

# Whoever renames `pending` first wins. A rollback that died has its name on `reverting`.
claim() {
  local name
  for name in pending reverting confirmed; do
    [[ $(<"$STATE/$name") == "$ID" ]] 2>/dev/null || continue
    [[ $name != confirmed || $CAUSE == document ]] || break
    [[ $name == reverting ]] || mv -fT "$STATE/$name" "$STATE/reverting" 2>/dev/null || continue
    sync "$STATE"
    return 0
  done
  REPLY=unknown
  [[ ! -e $BACKUP/ended ]] || read -r REPLY _ <"$BACKUP/ended"
  # One that was confirmed before another run was: its files are taken back where they are still as it wrote them.
  if [[ $CAUSE == document && $REPLY == confirmed ]]; then
    printf '%s\n' "$ID" >"$STATE/reverting" && return 0
  fi
  disarm
  return 1
}

# Stops the run that still changes things, with all that it started.
stop_hardening() {
  local pid start boot
  read -r pid start boot 2>/dev/null <"$BACKUP/runner" || return 0
  [[ $pid != "$BASHPID" && $boot == "$(<"$BOOT_ID")" ]] && process_start "$pid" && [[ $REPLY == "$start" ]] || return 0
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

# undo_all <journal> <how many are undone>: the last change first; a second start goes on where the first one died.
undo_all() {
  local words=() starts=() at=0 count undone=0
  mapfile -d '' -t words 2>/dev/null <"$1"
  # An entry whose end mark is missing was never acted on.
  while ((at < ${#words[@]})) && count=${words[at]} && [[ ${words[at + count + 1]-} == . ]]; do
    starts+=("$at")
    at=$((at + count + 2))
  done
  read -r undone 2>/dev/null <"$2" || undone=0
  for ((at = ${#starts[@]} - 1 - undone; at >= 0; at--)); do
    count=${words[starts[at]]}
    undo "${words[@]:starts[at]+1:count}"
    printf '%s\n' "$((${#starts[@]} - at))" >"$2"
  done
}

undo() {
  # What only the kernel knew it has forgotten with the boot.
  [[ $CAUSE:$1 == boot:@(sysctl|follower|table) ]] || "undo_$1" "${@:2}"
}
undo_folder() { rmdir "$ROOT$1" 2>/dev/null; }
undo_run() { timeout 60 "$@" </dev/null || left "command failed: $*"; }
undo_activate() { RELOADS+=("$1"); }

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
