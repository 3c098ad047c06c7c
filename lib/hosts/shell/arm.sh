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
    [[ ! -e $STATE/$each ]] || finish refused "$each:$(cat "$STATE/$each")"
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
  DEADLINE=$(($(date +%s) + $1))
  ARMED=yes
}

# What reverts must not depend on what is still there then: the very script that runs now, called with an argument.
copy_document() {
  cp "${BASH_SOURCE[0]}" "$BACKUP/document.sh" && grep -qF "DOCUMENT=$DOCUMENT" "$BACKUP/document.sh"
}

# Who is changing things, so that a rollback can stop it first; a process id alone may be another's by then.
write_runner() {
  process_start "$BASHPID" && printf '%s %s %s\n' "$BASHPID" "$REPLY" "$(boot_id)" >"$BACKUP/runner"
}
boot_id() { cat /proc/sys/kernel/random/boot_id; }
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
    units list-units --type=service,socket --state=active --no-legend --plain
    sysctl -a
  } >"$BACKUP/snapshot" 2>/dev/null
  sync -f "$BACKUP"
}

# systemd waits up to a minute more where AccuracySec is not set. A rollback that is killed starts again.
plan_timed_rollback() {
  if [[ -z $ROOT && -d /run/systemd/system ]] &&
    systemd-run --quiet --collect --unit="plumbline-rollback-$ID" --on-active="$1" --timer-property=AccuracySec=1s \
      --property=Restart=on-failure --property=RestartSec=1s /bin/bash "$BACKUP/document.sh" rollback "$ID" 'nobody confirmed in time' >&2; then
    systemctl is-active --quiet "plumbline-rollback-$ID.timer"
    return
  fi
  # shellcheck disable=SC2016 # the words are for the shell that sleeps
  setsid /bin/bash -c 'sleep "$1"; exec /bin/bash "$2" rollback "$3" "nobody confirmed in time"' sleeper "$1" "$BACKUP/document.sh" "$ID" \
    </dev/null >/dev/null 2>&1 3>&- 8>&- 9>&- &
  printf '%s\n' "$!" >"$BACKUP/sleeper"
}

# A transient timer does not outlive a reboot. systemd reads this unit when it boots, so nothing need be reloaded now.
plan_boot_rollback() {
  local unit=$ROOT/etc/systemd/system/plumbline-boot-rollback.service
  cat >"$STATE/boot-unit" <<UNIT
[Unit]
Description=Take back a hardening that nobody confirmed
DefaultDependencies=no
RequiresMountsFor=/var/lib/plumbline
After=local-fs.target systemd-remount-fs.service
Before=sysinit.target systemd-sysctl.service systemd-modules-load.service network-pre.target ufw.service nftables.service ssh.service ssh.socket sshd.service sshd.socket
Wants=network-pre.target
ConditionPathExists=|/var/lib/plumbline/pending
ConditionPathExists=|/var/lib/plumbline/reverting

[Service]
Type=oneshot
TimeoutStartSec=90
Restart=on-failure
ExecStart=/bin/bash /var/lib/plumbline/backups/$ID/document.sh rollback $ID boot
UNIT
  install -d -m 755 "${unit%/*}/sysinit.target.wants" && install -m 644 "$STATE/boot-unit" "$unit" &&
    ln -sfn ../plumbline-boot-rollback.service "${unit%/*}/sysinit.target.wants/plumbline-boot-rollback.service" &&
    sync -f "$unit"
}

set_pending() {
  printf '%s\n' "$ID" >"$STATE/.pending" && sync "$STATE/.pending" && mv -fT "$STATE/.pending" "$STATE/pending" && sync "$STATE"
}

# Both ends of a transaction: nothing is left to come by itself.
disarm() {
  local unit=$ROOT/etc/systemd/system/plumbline-boot-rollback.service sleeper
  # The unit may be a later run's by now.
  if grep -qs "$ID" "$unit"; then
    rm -f "${unit%/*}/sysinit.target.wants/plumbline-boot-rollback.service" "$unit" "$STATE/boot-unit" "$STATE/.pending"
    rmdir --ignore-fail-on-non-empty "${unit%/*}/sysinit.target.wants"
  fi
  if [[ -z $ROOT && -d /run/systemd/system ]]; then
    systemctl stop "plumbline-rollback-$ID.timer" 2>/dev/null || true
  fi
  # The sleeper that became this rollback has done its work.
  if read -r sleeper 2>/dev/null <"$BACKUP/sleeper" && [[ $sleeper != "$BASHPID" ]] &&
    grep -qzF "$BACKUP/document.sh" "/proc/$sleeper/cmdline" 2>/dev/null; then
    kill -9 -- "-$sleeper" 2>/dev/null || true
  fi
}

# Backups are kept for a week after the last file was put into them, which tells of their end.
prune() {
  local each
  for each in "$STATE"/backups/*/; do
    [[ $each == */"$ID/" || -n $(find "$each" -maxdepth 1 -mmin -10080 -print -quit) ]] || rm -rf -- "$each"
  done
}
