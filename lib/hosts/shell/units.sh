# shellcheck shell=bash
# Units of systemd.

# systemctl where systemd runs; in a folder only what it does to files.
units() {
  if [[ -z $ROOT && -d /run/systemd/system ]]; then
    systemctl "$@"
  else
    case $1 in
      enable | disable | mask | unmask | is-enabled) SYSTEMD_OFFLINE=1 in_root systemctl "$@" ;;
      is-active) echo unknown ;;
    esac
  fi
}

unit_on() { unit_set "$1" on; }

unit_set() {
  local enabled active
  enabled=$(units is-enabled "$1" 2>/dev/null)
  active=$(units is-active "$1" 2>/dev/null)
  [[ -n $enabled && $enabled != not-found ]] || refuse "$CONTROL" "no_unit:$1" || return 1
  case $2:$enabled:$active in
    on:@(enabled|static|indirect|generated|alias):@(active|unknown) | off:@(disabled|masked):@(inactive|failed|unknown)) return 0 ;;
  esac
  [[ $2 == on ]] || allowed_off "$1" || refuse "$CONTROL" "$REPLY" || return 1
  if [[ $DRY == yes ]]; then would "$1: $enabled $active -> $2" && return; fi
  journal unit "$1" "$enabled" "$active"
  if [[ $2 == on ]]; then
    # Each of the two makes systemd read all its units again.
    [[ $enabled != masked* ]] || units unmask "$1"
    { [[ $enabled == enabled ]] || units enable "$1"; } && units start "$1"
  else
    # A unit file of the administrator's in /etc can not be masked: off is then disabled and stopped.
    units stop "$1" && units disable "$1" && { units mask "$1" || true; }
  fi || refuse "$CONTROL" "failed:$1"
}

# undo_unit <unit> <enabled before> <active before>
undo_unit() {
  local wait=()
  # At boot a job can only be queued: whatever it waits for comes after us.
  [[ $CAUSE != boot ]] || wait=(--no-block)
  [[ $(units is-enabled "$1" 2>/dev/null) == "$2" ]] || case $2 in
    masked) units mask "$1" ;;
    enabled) units unmask "$1" && units enable "$1" ;;
    disabled) units unmask "$1" && units disable "$1" ;;
    *) units unmask "$1" ;;
  esac || left "$1 is not $2 again"
  case $3 in
    active | activating) units "${wait[@]}" start "$1" ;;
    *) units "${wait[@]}" stop "$1" ;;
  esac || left "$1 is not $3 again"
}
