# shellcheck shell=bash
# needs: kinds/both
# auditd '<rule>'…: loaded in the kernel, and in rules.d for the next boot. Keys do not matter. A path stands for a watch of
# what is written there, if it is there; what begins with -S or -C for a rule of system calls, of 32 bits too. Of rules on the
# same thing the kernel takes the first: one that records nothing must not stand before.

loaded_rules() { in_root auditctl -l 2>/dev/null; }
audit_status() { in_root auditctl -s 2>/dev/null; }
# In the order of augenrules.
written_rules() {
  local names
  names=$(cat "$ROOT"/etc/systemd/system/auditd.service{,.d/*.conf} | sed -n 's/^ExecStartPost=//p')
  # What a drop-in has in the place of augenrules.
  if [[ $names == *' -R '* && $names != *augenrules* ]]; then
    names=${names##*' -R '}
    cat "$ROOT${names%%[[:space:]]*}"
    return
  fi
  names=$(cd "$ROOT/etc/audit/rules.d" && set -- *.rules && (($#)) && ls -1v -- "$@") || return 0
  while read -r REPLY; do cat "$ROOT/etc/audit/rules.d/$REPLY" && echo; done <<<"$names"
} 2>/dev/null

# Why nothing of what the kernel records is kept, in REPLY, or nothing.
nothing_kept() {
  local conf=$ROOT/etc/audit/auditd.conf
  REPLY=''
  ! grep -Eiqs '^\s*local_events\s*=\s*no' "$conf" || REPLY='auditd takes no events of this host: local_events is no'
  ! grep -Eiqs '^\s*(write_logs\s*=\s*no|log_format\s*=\s*nolog)' "$conf" ||
    grep -Eiqs '^\s*active\s*=\s*yes' "$ROOT"/etc/audi{t,sp}/plugins.d/!(af_unix).conf /dev/null ||
    REPLY='auditd writes no log: write_logs is no'
}

# The rules of some arguments in WANTED.
wanted_rules() {
  local rule
  WANTED=()
  for rule in "$@"; do
    case $rule in
      /*) [[ ! -e $ROOT$rule ]] || WANTED+=("-w $rule -p wa") ;;
      -[SC]*)
        rule="-a always,exit -F arch=b64 $rule"
        # ARM never had the old names of these calls.
        if [[ $HOSTTYPE == x86_64 ]]; then WANTED+=("${rule/b64/b32}"); else rule=${rule//-S @(unlink|rename) /}; fi
        WANTED+=("$rule")
        ;;
      *) WANTED+=("$rule") ;;
    esac
  done
}

# The same thing has more than one spelling: a rule in one of them, in REPLY.
plain_rule() {
  local rule words file='-F (path|dir)=([^ ]+) ' perm='-F perm=([rwxa]+) '
  read -ra words <<<"${1//,/ , }"
  rule=" ${words[*]} "
  rule=${rule//exit , always/always , exit} rule=${rule//exit , never/never , exit} rule=${rule//@(=4294967295|=unset) /=-1 } rule=${rule//euid!=uid/uid!=euid}
  rule=${rule//\/var\/run\//\/run\/} rule=${rule//\/ / }
  # A watch, in the words of a rule of system calls.
  if [[ $rule == ' -a always , exit '* && $rule != *' -F arch='* && $rule =~ $perm ]]; then
    words=("${BASH_REMATCH[0]}" "${BASH_REMATCH[1]}")
    [[ ! $rule =~ $file ]] || rule=" -w ${BASH_REMATCH[2]} -p ${words[1]}${rule#' -a always , exit'}" rule=${rule//"${BASH_REMATCH[0]}"/} rule=${rule//"${words[0]}"/} rule=${rule/-S all /}
  fi
  REPLY=$rule
}

# Whether a rule is as wanted: each word of it is there, a watch may watch for more or further up, and nothing narrows it.
same_rule() {
  local rule=$2 word words previous='' fields=0 watch=' -p ([rwxa]+) ' place='^ -w ([^ ]+) '
  read -ra words <<<"$1"
  for word in "${words[@]}"; do
    case $previous in
      -k) ;;
      -w) [[ $rule =~ $place && $word/ == "${BASH_REMATCH[1]%/}"/* ]] || return 1 ;;
      -p) [[ $rule =~ $watch && -z ${word//[${BASH_REMATCH[1]}]/} ]] || return 1 ;;
      -S) [[ $rule =~ [[:space:],]("$word"|all)[[:space:],] ]] || return 1 ;;
      *)
        [[ $previous == -F && $word != key=* ]] && fields=$((fields + 1))
        [[ $word == -k || $word == key=* || $rule == *" ${word//,/ , } "* ]] || return 1
        ;;
    esac
    previous=$word
  done
  rule=${rule//' -F key='/ }
  rule=${rule//' -F '/$'\n'}
  rule=${rule//[!$'\n']/}
  ((${#rule} == fields))
}

# Whether a rule keeps what another one wants from being recorded: it never records, or leaves the message out, and neither
# names one program or account beside root, nor other files, nor other calls.
silences() {
  local rule=$1 word calls=$2 previous='' place='-F (path|dir)=([^ ]+) ' arch=' arch=([^ ]+) '
  case $rule in
    *' never , task '* | *' task , never '*) return 0 ;;
    *' exclude '*) [[ ! $rule =~ \ msgtype= || $rule =~ \ msgtype=(SYSCALL|PATH|1300|1302)\  ]] || return 1 ;;
    *' never , exit '*) ;;
    *) return 1 ;;
  esac
  [[ ! $rule =~ \ -F\ (exe|subj_[a-z]+|pid|ppid)=[^\ ]+ ]] || return 1
  [[ ! $rule =~ \ -F\ (uid|auid|euid|gid)=([^\ ]+) || ${BASH_REMATCH[2]} == @(0|root) ]] || return 1
  [[ ! $rule =~ $place || $2 == *"-w ${BASH_REMATCH[2]%/}"[/\ ]* ]] || return 1
  [[ ! $rule =~ $arch || $2 != *' arch='* || $2 == *"${BASH_REMATCH[0]}"* ]] || return 1
  [[ $rule == *' -S '* && $rule != *' -S all '* ]] || return 0
  # A watch sees what opens, renames, removes or changes the rights of a file.
  [[ $2 != -w* ]] || calls='-S open -S openat -S openat2 -S creat -S truncate -S rename -S renameat -S renameat2 -S unlink -S unlinkat -S chmod -S fchmodat -S chown'
  for word in $calls; do
    [[ $previous != -S || ! $rule =~ [[:space:],]"$word"[[:space:],] ]] || return 0
    previous=$word
  done
  return 1
}

# The first of the rules given that is not among the lines on stdin, in REPLY; how many are not, in MISSING.
missing_rules() {
  local lines=() line rule found first='' each
  while IFS= read -r line; do
    # What takes rules away takes those before it.
    if [[ $line =~ ^[[:space:]]*-D[[:space:]]+-k[[:space:]]*([^[:space:]]+) ]]; then
      for each in "${!lines[@]}"; do
        [[ "${lines[each]} " != *@(' -k '|key=)"${BASH_REMATCH[1]}"\ * ]] || unset "lines[each]"
      done
    elif [[ $line == *([[:space:]])-[Wd]\ * ]]; then
      plain_rule "${line/-W /-w }"
      REPLY=${REPLY/#' -d '/ -a }
      plain_rule "${REPLY# }"
      for each in "${!lines[@]}"; do
        [[ ${lines[each]} != "$REPLY" ]] || unset "lines[each]"
      done
    fi
    [[ $line != *([[:space:]])[\#]* && $line == *-[aAw]\ * ]] || continue
    plain_rule "$line"
    # What is put in front stands before all others.
    if [[ $REPLY == ' -A '* ]]; then lines=(" -a${REPLY#' -A'}" ${lines[@]+"${lines[@]}"}); else lines+=("$REPLY"); fi
  done
  REPLY='' MISSING=0
  for rule in "$@"; do
    found=''
    for line in ${lines[@]+"${lines[@]}"}; do
      if silences "$line" "$rule"; then
        # Of what is left out before anything is recorded the order does not matter.
        [[ $line == *' exit '* ]] || found=''
        [[ -n $found ]] || break
      elif [[ -z $found ]] && same_rule "$rule" "$line"; then
        found=1
      fi
    done
    [[ -n $found ]] || { MISSING=$((MISSING + 1)) && first=${first:-$rule}; }
  done
  REPLY=$first
}

audit_auditd() {
  local count loaded unloaded
  if unread auditd; then
    RULES_WRITTEN=$(written_rules)
    RULES_LOADED=$(loaded_rules || echo no answer)
    AUDIT_STATUS=$(audit_status)
  fi
  wanted_rules "$@"
  count=${#WANTED[@]}
  ((count)) || { na 'nothing of it is here' && return; }
  [[ $RULES_LOADED != *'no answer' ]] || { unknown 'the kernel does not say its rules' && return; }
  missing_rules "${WANTED[@]}" <<<"$RULES_LOADED"
  loaded="$((count - MISSING)) of $count" unloaded=${REPLY:+not loaded: $REPLY}
  nothing_kept
  unloaded=${REPLY:-$unloaded}
  [[ $AUDIT_STATUS != *'enabled 0'* ]] || unloaded='the kernel records nothing: enabled is 0'
  [[ ! $AUDIT_STATUS =~ rate_limit\ ([1-9][0-9]?)($|[^0-9]) ]] || unloaded="the kernel records ${BASH_REMATCH[1]} messages a second"
  missing_rules "${WANTED[@]}" <<<"$RULES_WRITTEN"
  REPLY=${REPLY:+in no file of rules.d: $REPLY}
  # Of several the last counts.
  [[ $(grep -E '^[[:space:]]*-e' <<<"$RULES_WRITTEN" | tail -n1) != *-e*([[:space:]])0* ]] || REPLY='the rules switch recording off: -e 0'
  both "$loaded" "$unloaded" "$REPLY"
}
