# shellcheck shell=bash
# needs: kinds/both
# listed <why> <offender>…: what must not be there at all.
listed() {
  local count=$(($# - 1))
  both "$count" '' "$( ((count == 0)) || echo "$1: ${*:2:9}")"
}
