# shellcheck shell=bash
# needs: locate timers answer
# RollbackHost: takes a transaction back now, whether it waits or was confirmed; a second time says that it was.

rollback_main() {
  WANTED=reverted
  has_backup
  is_pending || true
  case $SETTLED in
    pending | reverting | confirmed) rearm ;;
  esac
  /bin/bash "$BACKUP/document.sh" rollback "$ID" document >&2 || answer busy 'another rollback goes on'
  is_pending || true
  answer "$SETTLED" "$REPLY"
}

# Killed half-way it must go on by itself: the clock and the boot take over, as after a hardening.
rearm() {
  [[ -z $ROOT ]] || return 0
  systemctl is-active --quiet "plumbline-rollback-$ID.timer" && return
  plan_boot_rollback && plan_timed_rollback 60 || true
}
