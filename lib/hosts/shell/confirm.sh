# shellcheck shell=bash
# needs: locate channel timers answer
# ConfirmHost: a second command that came through the channel proves the channel afresh, judges again, and only then ends the waiting.

confirm_main() {
  local ports=()
  has_backup
  exec 9>>"$STATE/lock"
  flock -n 9 || answer refused run_in_progress
  is_pending || already
  [[ -e $BACKUP/areas ]] || answer refused not_finished
  agent_is_safe || answer refused "$REPLY"
  prove_channel "$(cat "$BACKUP/channel" 2>/dev/null)" || answer refused "$REPLY"
  read -ra ports <"$BACKUP/ports" || true
  prove_banner ${ports[@]+"${ports[@]}"} || answer refused "$REPLY"
  still_holds || answer refused "$REPLY"
  # Whoever renames it first wins.
  mv -fT "$STATE/pending" "$STATE/confirmed" 2>/dev/null || { is_pending || already; }
  end_confirmed
  answer confirmed ''
}

# Somebody ended it before. A confirmation that was killed after its rename is finished here.
already() {
  [[ $SETTLED != confirmed ]] || end_confirmed
  answer "$SETTLED" "$REPLY"
}

# What passed after the change must still pass, evaluated by the document that changed it. One that an older version sent
# may wait: it knows this word only.
still_holds() {
  [[ -s $BACKUP/proved ]] || return 0
  REPLY=drifted
  RESULTS=$(/bin/bash "$BACKUP/document.sh" judge "$ID")
}

end_confirmed() {
  [[ -e $BACKUP/ended ]] || printf 'confirmed\n' >"$BACKUP/ended"
  disarm
  prune
  # Backups hold what was: a week, whether or not another command comes.
  if [[ -z $ROOT && -d /run/systemd/system ]]; then
    systemd-run --quiet --collect --unit="plumbline-prune-$ID" --on-active=7d /bin/rm -rf -- "$BACKUP" >&2 || true
  fi
}
