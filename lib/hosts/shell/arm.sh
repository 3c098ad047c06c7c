# shellcheck shell=bash
# Before anything is changed: one run at a time, and a rollback that comes by itself, by the clock and at boot.

# One run per host; the lock ends with the process, `pending` with the confirmation or the rollback.
take_turn() {
  local each
  if [[ $DRY == no ]]; then
    if ! install -d -m 700 "$STATE" "$STATE/backups" || ! exec 9>>"$STATE/lock"; then finish refused state_not_written; fi
    flock -n 9 || finish refused run_in_progress
  fi
  for each in pending reverting; do
    [[ ! -e $STATE/$each ]] || finish refused "$each:$(<"$STATE/$each")"
  done
  [[ ! -e $BACKUP ]] || finish refused "id_used:$ID"
}

# arm <seconds>: from here on the host goes back by itself.
arm() {
  mkdir "$BACKUP" && ARMED=half && mkdir "$BACKUP/before" && : >"$BACKUP/journal" &&
    copy_document && write_runner && snapshot &&
    # A rollback that still looks at an older `pending` must not take this one: it holds the same lock.
    exec 8>>"$STATE/rollback.lock" && flock -w 60 8 &&
    plan_boot_rollback && plan_timed_rollback "$1" && set_pending || return 1
  exec 8>&-
  printf -v DEADLINE '%(%s)T' -1
  DEADLINE=$((DEADLINE + $1))
  ARMED=yes
}

# What reverts must not depend on what is still there then: the very script that runs now, called with an argument.
copy_document() {
  cp "${BASH_SOURCE[0]}" "$BACKUP/document.sh" && grep -qF "DOCUMENT=$DOCUMENT" "$BACKUP/document.sh"
}

# Who is changing things, so that a rollback can stop it first; a process id alone may be another's by then.
write_runner() {
  process_start "$BASHPID" && printf '%s %s %s\n' "$BASHPID" "$REPLY" "$(<"$BOOT_ID")" >"$BACKUP/runner"
}
BOOT_ID=/proc/sys/kernel/random/boot_id
process_start() {
  local stat
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  # shellcheck disable=SC2206 # the fields after the name, which may have blanks itself
  stat=(${stat##*') '})
  REPLY=${stat[19]}
}

# For people: what the host was like. The rollback goes by the journal.
snapshot() {
  {
    nft list ruleset
    systemctl list-units --type=service,socket --state=active --no-legend --plain
    sysctl -a
  } >"$BACKUP/snapshot" 2>/dev/null
  sync "$BACKUP"/* "$BACKUP"
}

set_pending() {
  printf '%s\n' "$ID" >"$STATE/.pending" && sync "$STATE/.pending" && mv -fT "$STATE/.pending" "$STATE/pending" && sync "$STATE"
}
