# shellcheck shell=bash
# needs: kinds/sysctl
# Values go into a file of ours that is read last, and into the kernel; what would set them back is put right where it stands.

SYSCTL_OURS=/etc/sysctl.d/zz-plumbline.conf

# A file with the lines of some keys replaced by one each, on stdout: $1 file, then key=value…
sysctl_file() {
  local line pair rest
  while read -r line || [[ -n $line ]]; do
    rest=${line%%=*}
    trimmed "${rest#-}"
    sysctl_key "$REPLY"
    for pair in "${@:2}"; do
      [[ $REPLY == "${pair%%=*}" && $line == [^#\;]*=* ]] && continue 2
    done
    printf '%s\n' "$line"
  done < <(cat "$ROOT$1" 2>/dev/null || echo '# Written by Plumbline; changed by it only.')
  for pair in "${@:2}"; do
    printf '%s = %s\n' "${pair%%=*}" "${pair#*=}"
  done
}

# The lines of a file that would set a key back, given the value that is wanted.
fix_resets() {
  local pair file files=' ' found=()
  for pair in "$@"; do
    file=${SYSCTL_RESETS[${pair%%=*}]-}
    [[ -z $file || ${file%% *} == "${pair#*=}" ]] && continue
    file=${file##* }
    file=${file%:*}
    [[ $file != /etc/systemd/* ]] || refuse "$CONTROL" "set_by:$file" || return
    found+=("$file=$pair")
    [[ $files == *" $file "* ]] || files+="$file "
  done
  for file in $files; do
    local pairs=()
    for pair in "${found[@]}"; do
      [[ $pair == "$file="* ]] && pairs+=("${pair#"$file="}")
    done
    sysctl_file "$file" "${pairs[@]}" | replace_file "$file" || return
  done
}

# Which program that is not root's does now what a key forbids, in REPLY.
sysctl_in_use() {
  local process='' what=''
  case $1 in
    kernel/yama/ptrace_scope)
      # Its own children anybody may look into.
      process=$(awk '$1 == "PPid:" { parent = $2 } $1 == "TracerPid:" && $2 > 0 && $2 != parent { print $2 }' "$ROOT"/proc/[0-9]*/status /dev/null 2>/dev/null |
        while read -r what; do [[ $(stat -c %u "$ROOT/proc/$what" 2>/dev/null) == @(|0) ]] || echo "/proc/$what"; done)
      ;;
    kernel/perf_event_paranoid) what='*perf_event*' ;;
    kernel/unprivileged_bpf_disabled) what='*bpf*' ;;
  esac
  [[ -z $what ]] || process=$(find "$ROOT"/proc/[0-9]*/fd -lname "anon_inode:$what" ! -uid 0 -printf '%h\n' 2>/dev/null)
  process=${process%%$'\n'*}
  process=${process#"$ROOT"}
  [[ -n $process ]] && read -r REPLY 2>/dev/null <"$ROOT${process%/fd}/comm"
}

fix_sysctl() {
  local setting name check target key value pairs=() same
  [[ -z $SYSCTL_MASKED ]] || refuse "$CONTROL" masked:systemd-sysctl.service || return
  for setting in "$@"; do
    read -r name check target <<<"$setting"
    sysctl_keys "$name"
    bounded "$target" "$check"
    target=$REPLY same=$REPLY
    for key in ${SYSCTL_KEYS[@]+"${SYSCTL_KEYS[@]}"}; do
      # What is in effect and good stays: strict must not become loose.
      runtime_sysctl "$key"
      value=$REPLY
      if ! meets "$value" "$check"; then
        value=$target
        ! sysctl_in_use "$key" || refuse "$CONTROL" "in_use:$REPLY" || return
        set_sysctl "$key" "$value" || return
      fi
      [[ $key == */conf/* && $key != */conf/@(all|default)/* ]] || pairs+=("$key=$value")
      [[ $value == "$same" ]] || same=''
    done
    # Interfaces that came before the files were read, too.
    sysctl_key "$name"
    [[ $name != *'*'* || -z $same ]] || pairs+=("$REPLY=$same")
  done
  ((${#pairs[@]})) || return 0
  sysctl_file "$SYSCTL_OURS" "${pairs[@]}" | own_file "$SYSCTL_OURS" 644 root:root || return
  fix_resets "${pairs[@]}"
}
