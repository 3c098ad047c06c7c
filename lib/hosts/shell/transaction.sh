# shellcheck shell=bash
# needs: locate
# What a fix may do. Each change is written to the journal before it is made, so that it can be undone from whatever step the run died at.

# A fix gives a file's content through a pipe: what it then sets must outlive the pipe.
shopt -s lastpipe
DRY=no CHANGES=0 REFUSED='' DIFF='' QUEUE=()

# Whether this document has a function: each has only what its area needs.
knows() { declare -F "$1" >/dev/null; }

# Adds one entry: how many words, the words, an end mark. On disk before the change that it tells of.
journal() {
  # Whoever reverts takes this file away first: from then on nothing may be changed any more.
  [[ $(<"$STATE/pending") == "$ID" ]] || lost
  { printf '%s\0' "$#" "$@" . >>"$BACKUP/journal" && sync -d "$BACKUP/journal"; } || lost
  CHANGES=$((CHANGES + 1))
}

# Ends a run whose ground is gone; what it did is undone by the timer, or is being undone.
lost() {
  finish stopped 'the transaction was ended from outside, or its journal can not be written'
}

# refuse <id> <reason>: the control stays as it is, for a reason with a name.
refuse() {
  REFUSED=${REFUSED:-$2}
  return 1
}

# What a dry run shows instead of a change.
would() {
  DIFF+="${DIFF:+; }$1"
  CHANGES=$((CHANGES + 1))
}

# Content, mode and owner of a regular file in REPLY, or "absent"; anything else is no file to write.
state_of() {
  local sum
  REPLY=absent
  [[ -e $1 || -L $1 ]] || return 0
  [[ -f $1 && ! -L $1 ]] || return 1
  sum=$(sha256sum <"$1") || return 1
  REPLY="${sum%% *} $(stat -c '%a %u:%g' "$1")"
}

# Whether a path is really where it says, in a folder that only its owner writes to: root must not be led elsewhere.
is_steady() {
  local folder=${1%/*} mode
  [[ $(readlink -f "$folder") == "$REAL${folder#"$ROOT"}" ]] || return 1
  mode=$(stat -c %a "$folder") && ((!(8#$mode & 8#022)))
}

# own_file <path> <mode> <owner:group>: the whole content on stdin; the file is ours alone.
own_file() { write_file "$1" "$2" "$3"; }
# replace_file <path>: the new content on stdin; mode and owner stay.
replace_file() { write_file "$1" - -; }

write_file() {
  local path=$ROOT$1 new=$WORK/new before after
  cat >"$new" || return 1
  make_folder "${1%/*}" || return 1
  [[ $DRY == yes && ! -d ${path%/*} ]] || is_steady "$path" || refuse "$CONTROL" "unsafe_path:$1" || return 1
  state_of "$path" || refuse "$CONTROL" "not_a_file:$1" || return 1
  before=$REPLY
  prepare "$path" "$new" "$2" "$3" || refuse "$CONTROL" "not_written:$1" || return 1
  state_of "$WORK/out" && after=$REPLY
  [[ $before != "$after" ]] || return 0
  allowed "$1" "$new" || refuse "$CONTROL" "$REPLY" || return 1
  if [[ $DRY == yes ]]; then show_diff "$1" "$path" "$new" && return; fi
  keep "$path" "$before" || lost
  journal file "$1" "$REPLY" "$before" "${after%% *}"
  put "$WORK/out" "$path" || refuse "$CONTROL" "not_written:$1"
}

# The file as it shall be, with all that the old one carries (ACLs, contexts), beside the journal.
prepare() {
  rm -f "$WORK/out"
  if [[ -e $1 ]]; then cp -a "$1" "$WORK/out" || return 1; fi
  cat "$2" >"$WORK/out" || return 1
  if [[ $4 != - ]]; then chown "$4" "$WORK/out" || return 1; fi
  if [[ $3 != - ]]; then chmod "$3" "$WORK/out" || return 1; fi
}

# Copies beside the target, then renames: whoever reads sees the old or the new file, never half of one.
put() {
  local beside=${2%/*}/.plumbline-$ID
  cp -a --remove-destination "$1" "$beside" && sync "$beside" && mv -fT "$beside" "$2" || return 1
  if command -v restorecon >/dev/null; then restorecon "$2" 2>/dev/null; fi
  return 0
}

# A copy of what is there, on disk before the journal names it.
keep() {
  local each copies=("$BACKUP"/before/*)
  REPLY=-
  [[ $2 != absent ]] || return 0
  each=${#copies[@]}
  cp -a "$1" "$BACKUP/before/$each" && sync "$BACKUP/before/$each" && REPLY=$each
}

make_folder() {
  [[ ! -d $ROOT$1 ]] || return 0
  make_folder "${1%/*}" || return 1
  if [[ $DRY == yes ]]; then would "new folder $1" && return; fi
  journal folder "$1"
  mkdir -m 755 "$ROOT$1" || refuse "$CONTROL" "not_written:$1"
}

show_diff() {
  local text
  text=$(diff -N "$2" "$3" | sed -n 's/^< / -/p; s/^> / +/p')
  text=${text//$'\n'/}
  would "$1:${text:- mode or owner}"
}

# reversible <words of the inverse…> -- <command…>: the inverse sets what was before, so that it may run twice or in vain.
reversible() {
  local inverse=()
  while [[ $# -gt 0 && $1 != -- ]]; do inverse+=("$1") && shift; done
  shift
  # One text is split at blanks, never evaluated.
  if [[ ${#inverse[@]} == 1 ]]; then read -ra inverse <<<"${inverse[0]}"; fi
  if [[ $DRY == yes ]]; then would "run $*" && return; fi
  journal run "${inverse[@]}"
  "$@" </dev/null || refuse "$CONTROL" "failed:$1"
}

# activate <what>: once, after all changes; nothing is reloaded for a control that changed nothing.
activate() {
  [[ $DRY == no && $CHANGES -gt 0 && " ${QUEUE[*]-} " != *" $1 "* ]] || return 0
  QUEUE+=("$1")
  journal activate "$1"
}
