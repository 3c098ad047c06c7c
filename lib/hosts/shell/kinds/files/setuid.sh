# shellcheck shell=bash
# needs: kinds/deep
# Programs that run as their owner or group, against the database of packages. That of dpkg has no modes: there the usual names stand in for them.

SETUID_USUAL='@(su|sudo|passwd|chsh|chfn|newgrp|gpasswd|chage|expiry|mount|umount|fusermount?(3)|pkexec|ssh-keysign|ssh-agent|dbus-daemon-launch-helper|polkit-agent-helper-1|*_chkpwd|crontab|at|wall|write|new[ug]idmap|snap-confine|exim4|post@(drop|queue)|mount.*|plocate|ntfs-3g|utempter)'

# Lines "<package>: <path>", in REPLY, and of what is not as it was packed its path, in CHANGED.
packed() {
  local packages
  if [[ -n ${FACT[debian]-} ]]; then
    # Where /bin is a link to /usr/bin, packages may name the file by either.
    REPLY=$(in_root dpkg -S "$@" "${@#/usr}" 2>/dev/null)
    mapfile -t packages < <(sed -nE 's/^([a-z0-9][a-z0-9+.-]*)[:,].*/\1/p' <<<"$REPLY" | sort -u)
    CHANGED=$(in_root dpkg -V "${packages[@]}" 2>/dev/null)
  else
    REPLY=$(in_root rpm -qf --qf '[%{FILEMODES:perms}: %{FILENAMES}\n]' "$@" 2>/dev/null | grep '^-[^:]*s')
    CHANGED=$(in_root rpm -Vf --nodeps "$@" 2>/dev/null | grep '^.[^ ]*[5UGM]')
  fi
}

audit_setuid() {
  local path overrides strange=()
  deep_find -type f -perm /6000 || return
  ((${#FOUND[@]})) && packed "${FOUND[@]}"
  overrides=$(in_root dpkg-statoverride --list 2>/dev/null)
  for path in "${FOUND[@]}"; do
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ $REPLY$'\n' == *": "?(/usr)"${path#/usr}"$'\n'* && " $CHANGED"$'\n' != *" "?(/usr)"${path#/usr}"$'\n'* &&
      (-z ${FACT[debian]-} || ${path##*/} == $SETUID_USUAL || $overrides$'\n' == *" $path"$'\n'*) ]] || strange+=("$path")
  done
  listed 'not as packages have it' "${strange[@]}"
}
