# shellcheck shell=bash
# file '<path, * allowed> <octal mode> <owner:group,…>'…: no bit beside the mode's, one of the owners, or the number of the user as "<number>:-".

# The files of an argument that are there, in FILES; FILE_MODE and FILE_OWNERS.
file_words() {
  local path
  FILES=()
  read -r path FILE_MODE FILE_OWNERS <<<"$1"
  # shellcheck disable=SC2231 # a pattern on purpose
  for path in "$ROOT"$path; do
    [[ -e $path ]] && FILES+=("$path")
  done
}

audit_file() {
  local argument mode owner id path seen=0 judged=0 why=''
  for argument in "$@"; do
    file_words "$argument"
    ((${#FILES[@]})) || continue
    seen=$((seen + ${#FILES[@]}))
    # A link's own mode says nothing.
    while read -r mode owner id path; do
      # A name with a line break must not pass for a mode, which is evaluated.
      [[ $mode =~ ^[0-7]+$ && $owner == *:* && $id =~ ^[0-9]+$ ]] || continue
      judged=$((judged + 1))
      [[ -z $why ]] || continue
      ((8#$mode & ~8#$FILE_MODE)) && why="${path#"$ROOT"} is $mode, wanted $FILE_MODE or stricter"
      [[ ,$FILE_OWNERS, == *",$owner,"* || ,$FILE_OWNERS, == *",$id:-,"* ]] || why="${path#"$ROOT"} belongs to $owner, wanted ${FILE_OWNERS//,/ or }"
    done < <(stat -L -c '%a %U:%G %u %n' "${FILES[@]}" 2>/dev/null)
  done
  if ((seen == 0)); then
    na 'none of these files is there'
  elif [[ -n $why ]]; then
    fail "${why%%,*}" false "$why"
  elif ((judged < seen)); then
    unknown "$((seen - judged)) of $seen files cannot be looked at"
  else
    pass "$seen files"
  fi
}
