# shellcheck shell=bash
# needs: kinds/sudoers kinds/file.fix
fix_sudoers() {
  [[ ${VALUE[$CONTROL]} != invalid ]] || refuse "$CONTROL" sudoers_rejected || return
  fix_file "$@"
}
