# shellcheck shell=bash
# needs: kinds/file
# Only the bits that are too many go; an owner is changed only where it is none of those allowed.

fix_file() {
  local argument mode owner path
  for argument in "$@"; do
    file_words "$argument"
    ((${#FILES[@]})) || continue
    while read -r mode owner path; do
      [[ $mode =~ ^[0-7]+$ ]] || continue
      printf -v mode '%o' "$((8#$mode & 8#$FILE_MODE))"
      [[ ,$FILE_OWNERS, == *",$owner,"* ]] && owner=- || owner=${FILE_OWNERS%%,*}
      set_mode "${path#"$ROOT"}" "$mode" "$owner" || return
    done < <(stat -L -c '%a %U:%G %n' "${FILES[@]}")
  done
}
