# shellcheck shell=bash
# needs: kinds/world-writable modes
# Of /etc only what is root's: who else has something there may want it so.

fix_world_writable() {
  local path mode owner
  world_writable
  for path in "${FOUND[@]}"; do
    read -r mode owner < <(stat -c '%a %u' "$ROOT$path")
    [[ $mode =~ ^[0-7]+$ && $owner == 0 ]] || { refuse "$CONTROL" "not_of_root:$path" || return; }
    case $path in
      /etc/*) printf -v mode %o $((8#$mode & ~2)) ;;
      *) printf -v mode %o $((8#$mode | 8#1000)) ;;
    esac
    set_mode "$path" "$mode" - || return
  done
}
