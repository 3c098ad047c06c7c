# shellcheck shell=bash
# needs: kinds/file
# Only the bits that are too many go; an owner is changed only where it is none of those allowed.

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
      # What is right already may be reached through a link; what is changed may not.
      [[ $owner == - && $mode == "$now" ]] || set_mode "${path#"$ROOT"}" "$mode" "$owner" || return
    done < <(stat -L -c '%a %U:%G %u %n' "${FILES[@]}")
  done
}
