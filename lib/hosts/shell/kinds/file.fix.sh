# shellcheck shell=bash
# needs: kinds/file
# Only the bits that are too many go; an owner is changed only where it is none of those allowed.

# Who uses a mode or a group that would go, in REPLY; empty where nobody does.
file_in_use() {
  local group=${3#*:}
  REPLY=
  case $1 in
    # auditd itself gives its logs to this group, again and again.
    /var/log/audit*)
      REPLY=$(sed -n 's/^[[:space:]]*log_group[[:space:]]*=[[:space:]]*//p' "$ROOT/etc/audit/auditd.conf" 2>/dev/null | tail -n1)
      [[ $group != root && $group == "${REPLY%% *}" && $4 != - ]] && REPLY=log_group:$group || REPLY=
      ;;
    # dockerd makes its socket for a group of its own choice.
    *.sock) [[ $4 == - ]] || ! has_other_members "$group" root || REPLY=group:$group ;;
    # Whoever else is in the group may work there.
    "$HOME_OF_FILES"/* | "$HOME_OF_FILES") ((!(8#$2 & 8#020 & ~8#$FILE_MODE))) || ! has_other_members "$group" "${3%%:*}" || REPLY=shared:${1}:$group ;;
  esac
}

# Whether a group has somebody beside an account, as a member or as whose own group it is.
has_other_members() {
  awk -F: -v group="$1" -v owner="$2" 'FILENAME ~ /group$/ { if ($1 == group) { id = $3; n = split($4, names, ","); for (i = 1; i <= n; i++) if (names[i] != owner) found = 1 } next }
    $4 == id && id != "" && $1 != owner { found = 1 } END { exit !found }' "$ROOT/etc/group" "$ROOT/etc/passwd" 2>/dev/null
}

HOME_OF_FILES=/nowhere
fix_file() {
  local argument mode owner id path now whose
  for argument in "$@"; do
    file_words "$argument"
    ((${#FILES[@]})) || continue
    while read -r mode owner id path; do
      [[ $mode =~ ^[0-7]+$ ]] || continue
      now=$mode whose=$owner
      printf -v mode '%o' "$((8#$mode & 8#$FILE_MODE))"
      [[ ,$FILE_OWNERS, == *",$owner,"* || ,$FILE_OWNERS, == *",$id:-,"* ]] && owner=- || owner=${FILE_OWNERS%%,*}
      # Who has something in another's home is for people to find out.
      [[ $owner != *:- ]] || refuse "$CONTROL" "owner:${path#"$ROOT"}" || return
      file_in_use "${path#"$ROOT"}" "$now" "$whose" "$owner"
      [[ -z $REPLY ]] || refuse "$CONTROL" "in_use:$REPLY" || return
      # What is right already may be reached through a link; what is changed may not.
      [[ $owner == - && $mode == "$now" ]] || set_mode "${path#"$ROOT"}" "$mode" "$owner" || return
    done < <(stat -L -c '%a %U:%G %u %n' "${FILES[@]}")
  done
}
