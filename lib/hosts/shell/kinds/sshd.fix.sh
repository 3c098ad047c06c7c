# shellcheck shell=bash
# needs: kinds/sshd
# Options go into a drop-in of ours that is read first: sshd takes the first value that it sees.

SSHD_OURS=/etc/ssh/sshd_config.d/00-plumbline.conf

# Our drop-in with an option set, on stdout. In a dry run what earlier controls would have written is not there.
sshd_drop_in() {
  local line
  printf '%s\n' '# Written by Plumbline; changed by it only.'
  while read -r line; do
    [[ $line == '#'* || ${line%% *} == "$1" ]] || printf '%s\n' "$line"
  done < <(cat "$ROOT$SSHD_OURS" 2>/dev/null)
  printf '%s\n' "$1 $2"
}

# Whether something is read before our drop-in: sshd_config itself, or a file that sorts before ours.
sshd_reads_ours_first() {
  local line path
  while read -r line; do
    line=${line,,}
    case $line in
      '' | '#'*) continue ;;
      include*) [[ ${line//\"/} =~ ^include[[:space:]=]+(/etc/ssh/)?sshd_config\.d/(\*|00-plumbline)\.conf$ ]] || return 1 ;;
      *) return 1 ;;
    esac
    [[ $line == *plumbline.conf* ]] && return 0
    for path in "$ROOT"/etc/ssh/sshd_config.d/*.conf; do
      [[ $path == "$ROOT$SSHD_OURS" || ${path##*/} > 00-plumbline.conf ]] && return 0
      return 1
    done
    return 0
  done <"$ROOT/etc/ssh/sshd_config"
  return 1
}

fix_sshd() {
  local setting name check target
  for setting in "$@"; do
    read -r name check target <<<"$setting"
    wanted "$check"
    judge_sshd "$name" "$check" "$REPLY"
    [[ -n $REPLY ]] || continue
    # Whoever wrote the block meant it.
    if [[ -n ${SSHD_MATCH[${name,,}]-} ]]; then
      while read -r REPLY _; do
        [[ -z $REPLY ]] || meets "$REPLY" "$check" || { refuse "$CONTROL" match_block || return; }
      done <<<"${SSHD_MATCH[${name,,}]}"
    fi
    bounded "$target" "$check"
    target=$REPLY
    sshd_drop_in "$name" "$target" | own_file "$SSHD_OURS" 600 root:root || return
    sshd_reads_ours_first ||
      { printf 'Include %s\n' "$SSHD_OURS" && cat "$ROOT/etc/ssh/sshd_config"; } | replace_file /etc/ssh/sshd_config || return
    activate ssh
  done
}
