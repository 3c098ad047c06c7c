# shellcheck shell=bash
# auditd '<rule as auditctl takes it>'…: loaded in the kernel, and in rules.d for the next boot. Keys do not matter.

loaded_rules() { auditctl -l 2>/dev/null; }

# Whether a rule is as wanted: each word of it is there, a watch may watch for more, and nothing narrows it further.
same_rule() {
  local rule=" ${2//,/ , } " word words previous='' fields=0 watch=' -p ([rwxa]+) '
  # The same thing has more than one spelling.
  rule=${rule//exit , always/always , exit} rule=${rule//@(=4294967295|=unset) /=-1 } rule=${rule//\/ / }
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
  local loaded unloaded written
  unread auditd && RULES_LOADED=$(loaded_rules) && RULES_WRITTEN=$(grep -hv '^[[:space:]]*#' "$ROOT"/etc/audit/rules.d/*.rules /dev/null)
  missing_rules "$@" <<<"$RULES_LOADED"
  loaded=$(($# - MISSING)) unloaded=$REPLY
  missing_rules "$@" <<<"$RULES_WRITTEN"
  written=$MISSING
  if [[ -n $unloaded ]]; then
    fail "$loaded of $#" "$([[ $written == 0 ]] && echo true || echo false)" "not loaded: $unloaded"
  elif ((written)); then
    fail "$loaded of $#" false "in no file of rules.d: $REPLY"
  else
    pass "$loaded of $#"
  fi
}
