# shellcheck shell=bash
# needs: kinds/mount
# Where agents keep what they run: a script of the SSM agent that may not be started ends with 126.
audit_agent_paths() {
  local path now='' then=''
  for path in /var/lib/amazon/ssm /opt/aws /usr/bin; do
    mount_in proc/self/mounts "$path"
    options_missing "$REPLY" noexec
    [[ -n $REPLY ]] || now="$MOUNT is mounted noexec: $path"
    mount_in etc/fstab "$path"
    options_missing "$REPLY" noexec
    [[ -n $REPLY ]] || then="fstab mounts $MOUNT noexec: $path"
  done
  both exec "$now" "$then"
}
