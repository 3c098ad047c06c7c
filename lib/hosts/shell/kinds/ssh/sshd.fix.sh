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

# Who uses now what an option closes, in REPLY; empty where nobody does.
sshd_in_use() {
  local home found=()
  case $1 in
    permituserenvironment)
      for home in "${HOME_OF[@]}"; do
        if [[ -s $ROOT$home/.ssh/environment ]] || grep -Eqs '^[^#]*environment=' "$ROOT$home"/.ssh/authorized_keys{,2}; then found+=("$home/.ssh"); fi
      done
      ;;
    allowagentforwarding) found=("$ROOT"/tmp/ssh-*/agent.*) ;;
    permittunnel) found=("$ROOT"/sys/class/net/@(tun|tap)+([0-9])) ;;
    x11forwarding)
      # sshd listens for X on 127.0.0.1 or ::1, from port 6010 on: 177A to 17FF of them, in hexadecimal.
      ! grep -Eqs ': (0100007F|0{24}01000000):17(7[A-F]|[89A-F].) [0-9A-F:]+ 0A ' "$ROOT"/proc/net/tcp{,6} || found=(x11)
      ;;
  esac
  REPLY=${found[0]-}
  REPLY=${REPLY#"$ROOT"}
}

# Of MaxStartups sshd takes the last line and not the first, from 8.9 to 9.6 at least: those of others get our value.
max_startups_elsewhere() {
  local path
  for path in "$ROOT"/etc/ssh/sshd_config "$ROOT"/etc/ssh/sshd_config.d/*.conf; do
    [[ $path != "$ROOT$SSHD_OURS" ]] || continue
    grep -Eiqs '^[[:space:]]*maxstartups[[:space:]=]' "$path" || continue
    awk -v ours="MaxStartups $1" '{ word = tolower($0); sub(/^[ \t]+/, "", word); sub(/[ \t=].*/, "", word) }
      word == "match" { block = 1 } !block && word == "maxstartups" { $0 = ours } { print }' "$path" | replace_file "${path#"$ROOT"}" || return
  done
}

fix_sshd() {
  local setting name check target
  # With another file it would not read ours.
  [[ " ${SSHD_STARTS[*]-} " != *' -f'* ]] || refuse "$CONTROL" other_config || return
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
    sshd_in_use "${name,,}"
    [[ -z $REPLY ]] || refuse "$CONTROL" "in_use:$REPLY" || return
    bounded "$target" "$check"
    target=$REPLY
    sshd_drop_in "$name" "$target" | own_file "$SSHD_OURS" 600 root:root || return
    [[ $name != MaxStartups ]] || max_startups_elsewhere "$target" || return
    sshd_reads_ours_first ||
      { printf 'Include %s\n' "$SSHD_OURS" && cat "$ROOT/etc/ssh/sshd_config"; } | replace_file /etc/ssh/sshd_config || return
    activate ssh
  done
}
