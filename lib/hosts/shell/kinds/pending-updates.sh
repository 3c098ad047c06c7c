# shellcheck shell=bash
# pending-updates <days>: no security update waits, by package lists that are younger than that.

# A line for each package that waits for a security update.
waiting_updates() {
  if [[ -n ${FACT[debian]-} ]]; then
    in_root timeout 30 apt-get -qq -s dist-upgrade | grep -E '^Inst .*[-:/ ](S|s)ecurity'
  else
    in_root timeout 30 dnf -q -C updateinfo list --updates security
  fi
} 2>/dev/null

# Seconds since the youngest of some paths changed, in REPLY.
age_of() {
  local at
  REPLY=''
  while read -r at; do
    [[ $at =~ ^[0-9]+$ ]] && at=$((EPOCHSECONDS - at)) && ((at < ${REPLY:-at + 1})) && REPLY=$at
  done < <(stat -c %Y "$@" 2>/dev/null)
}

audit_pending_updates() {
  local waiting
  # Its archives stay as they are: only another release brings updates.
  [[ -z ${FACT[amazon]-} ]] || { unknown 'ask "dnf check-release-update": this release gets none by itself' && return; }
  age_of "$ROOT"/var/lib/apt/{lists/partial,periodic/update-success-stamp} "$ROOT"/var/cache/dnf/*/repodata
  if [[ -z $REPLY ]]; then
    unknown 'there are no package lists' && return
  elif ((REPLY > $1 * 86400)); then
    fail unknown false "the package lists are $((REPLY / 86400)) days old" && return
  fi
  mapfile -t waiting < <(waiting_updates)
  if ((${#waiting[@]})); then
    fail "${#waiting[@]}" false "security updates wait: ${waiting[*]:0:3}"
  else
    pass 0
  fi
}
