# shellcheck shell=bash
# needs: kinds/both kinds/unit-state
# Exactly one daemon sets the clock, and has done so.

clock_is_right() { timedatectl show -p NTPSynchronized --value 2>/dev/null; }

# Those that run, in TIME_ACTIVE; one may have two names.
audit_time() {
  local each later='it is not enabled' now='' other=''
  TIME_ACTIVE=''
  ! declare -F read_units >/dev/null || read_units {chrony,chronyd,systemd-timesyncd,ntpsec,ntpd,ntp,openntpd}.service
  for each in chrony chronyd systemd-timesyncd ntpsec ntpd ntp openntpd; do
    unit_state "$each.service"
    # Another one that a boot starts; timesyncd itself waits where there is chrony.
    [[ $REPLY != enabled\ inactive || $each == systemd-timesyncd ]] || other=$each
    [[ $REPLY == *\ active ]] || continue
    TIME_ACTIVE+="${TIME_ACTIVE:+ }$each"
    [[ $REPLY != enabled\ * ]] || later=''
  done
  TIME_ACTIVE=${TIME_ACTIVE/chrony chronyd/chrony} TIME_ACTIVE=${TIME_ACTIVE/ntpsec?( ntpd)?( ntp)/ntpsec} TIME_ACTIVE=${TIME_ACTIVE/ntpd ntp/ntpd}
  [[ $(clock_is_right) != no ]] || now='the clock is not synchronised'
  [[ $TIME_ACTIVE == +([a-z-]) ]] || now="not one sets the clock but: ${TIME_ACTIVE:-none}"
  both "${TIME_ACTIVE:-none}" "$now" "${later:-${other:+after a boot $other runs, too}}"
}
