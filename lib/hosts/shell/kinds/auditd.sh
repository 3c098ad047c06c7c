# shellcheck shell=bash
# needs: kinds/both
# auditd '<rule>'…: loaded in the kernel, and in rules.d for the next boot. Keys do not matter. A path stands for a watch of
# what is written there, if it is there; what begins with -S or -C for a rule of system calls, of 32 bits too.

loaded_rules() { in_root auditctl -l 2>/dev/null; }

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

# Whether a rule is as wanted: each word of it is there, a watch may watch for more, and nothing narrows it further.
same_rule() {
  local rule=" ${2//,/ , } " word words previous='' fields=0 watch=' -p ([rwxa]+) '
  # The same thing has more than one spelling.
  rule=${rule//exit , always/always , exit} rule=${rule//@(=4294967295|=unset) /=-1 } rule=${rule//\/ / } rule=${rule//euid!=uid/uid!=euid}
  rule=${rule//\/var\/run\//\/run\/}
  read -ra words <<<"$1"
  for word in "${words[@]}"; do
    case $previous in
      -k) ;;
      -p) [[ $rule =~ $watch && -z ${word//[${BASH_REMATCH[1]}]/} ]] || return 1 ;;
      -S) [[ $rule =~ [[:space:],]"$word"[[:space:],] ]] || return 1 ;;
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

# The first of the rules given that is not among the lines on stdin, in REPLY; how many are not, in MISSING.
missing_rules() {
  local lines line rule found
  mapfile -t lines
  REPLY='' MISSING=0
  for rule in "$@"; do
    found=''
    for line in ${lines[@]+"${lines[@]}"}; do
      same_rule "$rule" "$line" && found=1 && break
    done
    [[ -n $found ]] || { MISSING=$((MISSING + 1)) && REPLY=${REPLY:-$rule}; }
  done
}

audit_auditd() {
  local count loaded unloaded
  if unread auditd; then
    RULES_WRITTEN=$(grep -hv '^[[:space:]]*#' "$ROOT"/etc/audit/rules.d/*.rules /dev/null)
    RULES_LOADED=$(loaded_rules || echo no answer)
  fi
  wanted_rules "$@"
  count=${#WANTED[@]}
  ((count)) || { na 'nothing of it is here' && return; }
  [[ $RULES_LOADED != *'no answer' ]] || { unknown 'the kernel does not say its rules' && return; }
  missing_rules "${WANTED[@]}" <<<"$RULES_LOADED"
  loaded="$((count - MISSING)) of $count" unloaded=$REPLY
  missing_rules "${WANTED[@]}" <<<"$RULES_WRITTEN"
  both "$loaded" "${unloaded:+not loaded: $unloaded}" "${REPLY:+in no file of rules.d: $REPLY}"
}
