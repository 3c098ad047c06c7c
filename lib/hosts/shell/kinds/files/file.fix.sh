# shellcheck shell=bash
# needs: kinds/file
# Only the bits that are too many go; an owner is changed only where it is none of those allowed.

# file_in_use <path> <mode> <new owner or ->: who uses a mode or a group that would go, or would be let in, in REPLY.
file_in_use() {
  local owner group name
  read -r owner group < <(stat -L -c '%u %g' "$ROOT$1")
  name=$(awk -F: -v id="$group" '$3 == id { print $1; exit }' "$ROOT/etc/group")
  case $1 in
    # auditd itself gives its logs to this group, again and again.
    /var/log/audit*)
      REPLY=$(sed -n 's/^[[:space:]]*log_group[[:space:]]*=[[:space:]]*//p' "$ROOT/etc/audit/auditd.conf" 2>/dev/null | tail -n1)
      [[ $group != 0 && $name == "${REPLY%% *}" && $3 != - ]] && REPLY=in_use:log_group:$name && return
      ;;
    # dockerd makes its socket for a group of its own choice.
    *.sock) [[ $3 == - || $group == 0 ]] || { REPLY=in_use:group:$name && return; } ;;
    "$HOME_OF_FILES"/* | "$HOME_OF_FILES")
      ((!(8#$2 & 8#020 & ~8#$FILE_MODE))) || ! has_other_members "$group" "$owner" || { REPLY=in_use:shared:$1:$name && return; }
      # StrictModes refuses the keys of such a home, and would take them then, whoever wrote them.
      ((!(8#$2 & 8#002 & ~8#$FILE_MODE))) || [[ ! -s $ROOT$HOME_OF_FILES/.ssh/authorized_keys ]] || { REPLY=foreign_keys:$1 && return; }
      ;;
  esac
  REPLY=
}

# Whether a group has somebody beside an account, as a member or as whose own group it is; both by their numbers.
has_other_members() {
  awk -F: -v group="$1" -v owner="$2" 'NF == 4 { if ($3 == group) members = "," $4 "," ; next }
    ($4 == group || index(members, "," $1 ",")) && $3 != owner { found = 1 } END { exit !found }' "$ROOT/etc/group" "$ROOT/etc/passwd" 2>/dev/null
}

HOME_OF_FILES=/nowhere
fix_file() {
  local argument mode owner id path now
  for argument in "$@"; do
    file_words "$argument"
    ((${#FILES[@]})) || continue
    while read -r mode owner id path; do
      [[ $mode =~ ^[0-7]+$ ]] || continue
      now=$mode
      printf -v mode '%o' "$((8#$mode & 8#$FILE_MODE))"
      [[ ,$FILE_OWNERS, == *",$owner,"* || ,$FILE_OWNERS, == *",$id:-,"* ]] && owner=- || owner=${FILE_OWNERS%%,*}
      # Who has something in another's home is for people to find out.
      [[ $owner != *:- ]] || refuse "$CONTROL" "owner:${path#"$ROOT"}" || return
      file_in_use "${path#"$ROOT"}" "$now" "$owner"
      [[ -z $REPLY ]] || refuse "$CONTROL" "$REPLY" || return
      # What is right already may be reached through a link; what is changed may not.
      [[ $owner == - && $mode == "$now" ]] || set_mode "${path#"$ROOT"}" "$mode" "$owner" || return
    done < <(stat -L -c '%a %U:%G %u %n' "${FILES[@]}")
  done
}
