# shellcheck shell=bash
# needs: kinds/time

time_unit() {
  REPLY=$TIME_ACTIVE
  [[ -z $REPLY ]] || return 0
  for REPLY in chrony chronyd systemd-timesyncd; do
    [[ -e $ROOT/usr/lib/systemd/system/$REPLY.service || -e $ROOT/lib/systemd/system/$REPLY.service ]] && return
  done
  return 1
}

packages_time() { time_unit || PACKAGES+=(chrony); }

# Where one runs already without an answer, only somebody who knows why can help.
fix_time() {
  local process
  # One that no unit names here sets the clock.
  for process in "$ROOT"/proc/[0-9]*/comm; do
    read -r REPLY 2>/dev/null <"$process" || continue
    [[ -n $TIME_ACTIVE || $REPLY != @(ntpd|openntpd|ptp4l|phc2sys|chronyd|ntpsec) ]] || refuse "$CONTROL" "in_use:$REPLY" || return
  done
  [[ $TIME_ACTIVE == *([a-z-]) && ${WHY[$CONTROL]} != *synchron* ]] || refuse "$CONTROL" "not_right:$TIME_ACTIVE" || return
  time_unit && unit_on "$REPLY.service"
}
