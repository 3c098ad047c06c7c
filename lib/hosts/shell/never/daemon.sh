# shellcheck shell=bash
# Without --validate, before Docker 23, nobody can say whether the daemon would start.
allowed_daemon() {
  REPLY=docker_rejects
  local trial=/run/plumbline-trial-$ID result
  cat "$2" >"$ROOT$trial" && in_root dockerd --validate --config-file "$trial"
  result=$?
  rm -f "$ROOT$trial"
  return "$result"
}
