# shellcheck shell=bash
# needs: kinds/old-servers kinds/unit.fix
# Units are switched off; what somebody started otherwise, only he knows.

fix_old_servers() {
  [[ ${WHY[$CONTROL]} == *' is '* ]] || refuse "$CONTROL" "not_a_unit:${VALUE[$CONTROL]}" || return
  fix_unit off "$@"
}
