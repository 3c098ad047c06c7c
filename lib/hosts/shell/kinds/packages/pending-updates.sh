# shellcheck shell=bash
# pending-updates <days>: no security update waits, by package lists that are younger than that.

# The lists of security archives, and the files that they are signed by.
security_lists() (
  cd "$ROOT/var/lib/apt/lists" || exit
  # shellcheck disable=SC2013 # their names have no blanks
  for each in $(grep -lEm1 '^(Label|Suite|Codename|Version):.*[Ss]ecurity' -- *Release </dev/null); do
    printf '%s\n' "$each" "${each%_*}"_*Packages*
  done
)

# Pairs of versions, installed and in one of these lists, where they differ. What is held stays.
other_versions() (
  set -o pipefail
  in_root /usr/lib/apt/apt-helper cat-file "${@/#//var/lib/apt/lists/}" |
    awk '$1 == "Package:" { name = $2 }
      $1 == "Status:" { stays = !/install ok/ }
      $1 == "Version:" && !archive && !stays { installed[name] = $2 }
      $1 == "Version:" && archive && name in installed && installed[name] != $2 { print installed[name], $2 }' \
      "$ROOT/var/lib/dpkg/status" archive=1 - | sort -u
)

# Whether apt need be asked: not where no security archive has anything newer.
may_wait() {
  local pairs installed listed
  pairs=$(other_versions "$@") || return 0
  while read -r installed listed; do
    [[ -z $installed ]] || ! in_root dpkg --compare-versions "$installed" lt "$listed" || return 0
  done <<<"$pairs"
  return 1
}

# apt_upgrades <options…>: what apt would install from security archives.
apt_upgrades() {
  local said
  said=$(in_root timeout 30 apt-get -qq -s "$@" dist-upgrade) || return
  grep -E '^Inst .*[-:/ ](S|s)ecurity' <<<"$said" || :
}

# The same where apt reads nothing but the lists of security archives: a third of the memory, a fifth of the time.
apt_upgrades_alone() {
  local folder status
  folder=$(in_root mktemp -d) && mkdir "$ROOT$folder/partial" && ln -s "${@/#//var/lib/apt/lists/}" "$ROOT$folder" &&
    apt_upgrades -o "Dir::State::Lists=$folder" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
  status=$?
  rm -rf -- "$ROOT${folder:?}"
  return "$status"
}

# Whether somebody prefers other archives, by name: what apt would do is then said by all of them.
prefers_others() {
  grep -Ehs '^Pin: *(origin|release)' "$ROOT"/etc/apt/preferences "$ROOT"/etc/apt/preferences.d/* | grep -qv security
}

# A line for each package that waits for a security update; fails where nobody can say.
waiting_updates() {
  local lists packages
  if [[ -z ${FACT[debian]-} ]]; then
    in_root timeout 30 dnf -q -C updateinfo list --updates security
    return
  fi
  mapfile -t lists < <(security_lists)
  mapfile -t packages < <(printf '%s\n' "${lists[@]}" | grep Packages)
  # Without the list of a security archive nobody knows what is in it.
  ((${#packages[@]})) || return
  may_wait "${packages[@]}" || return 0
  if ! prefers_others && REPLY=$(apt_upgrades_alone "${lists[@]}") && [[ -n $REPLY ]]; then
    echo "$REPLY"
  else
    # An update may need what only other archives have.
    apt_upgrades
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
  if ! REPLY=$(waiting_updates); then
    unknown 'the package manager does not say what waits' && return
  fi
  mapfile -t waiting <<<"$REPLY"
  if [[ -n $REPLY ]]; then
    fail "${#waiting[@]}" false "security updates wait: ${waiting[*]:0:3}"
  else
    pass 0
  fi
}
