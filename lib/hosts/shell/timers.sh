# shellcheck shell=bash
# What comes by itself while a run waits, and how it is called off.

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
    sync "$unit" "${unit%/*}/sysinit.target.wants"
}

# Both ends of a transaction: nothing is left to come by itself.
disarm() {
  local unit=$ROOT/etc/systemd/system/plumbline-boot-rollback.service sleeper
  # The unit may be a later run's by now.
  if [[ -e $unit && $(<"$unit") == *"$ID"* ]]; then
    rm -f "${unit%/*}/sysinit.target.wants/plumbline-boot-rollback.service"
    rmdir --ignore-fail-on-non-empty "${unit%/*}/sysinit.target.wants" 2>/dev/null
    # Last: where this is killed, whoever comes next still finds that there is something to do.
    rm -f "$STATE/boot-unit" "$STATE/.pending" "$unit"
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
