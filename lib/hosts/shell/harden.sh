# shellcheck shell=bash
# needs: transaction preflight never channel activate rollback timers arm outcome
# HardenHost: judge, refuse, install, arm, change, activate, judge again; the host then waits for a confirmation.

declare -A TODO=() OUTCOME=() BEFORE=() AFTER=() REASON=() DIFFS=()
ARMED=no ALONE=no DEADLINE=0 PACKAGES=()

# The document itself, or its copy in the backup, called with `rollback <id> <why>` or `judge <id>`.
main() {
  case ${1-} in
    rollback) locate "$2" && rollback "$3" >&2 ;;
    judge) locate "$2" && judge ;;
    *) harden_main ;;
  esac
}

harden_main() {
  read_parameters
  [[ ${SSM_COMMAND_ID-} =~ ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$ ]] || stop 'SSM_COMMAND_ID is not set: this SSM agent is too old'
  locate "$SSM_COMMAND_ID"
  # From here on only the one line of JSON goes to stdout.
  exec 3>&1 1>&2
  trap end_of_run EXIT
  [[ $DRY == no ]] || { WORK=$ROOT/run/plumbline-$ID && mkdir -p "$WORK"; }
  take_turn
  find_facts
  preflight
  run_phase plan
  all_controls_judged >&3
  [[ $DRY == no ]] || finish dry_run ''
  [[ ${#TODO[@]} -gt 0 ]] || finish unchanged ''
  if [[ -z $ROOT || -v CHANNEL ]]; then note_channel || finish refused channel_unreachable; fi
  [[ ${#PACKAGES[@]} == 0 ]] || install_packages
  arm "$TIME_TO_CONFIRM" || finish refused cannot_arm
  printf '%s' "$CHANNEL_BEFORE" >"$BACKUP/channel"
  printf '%s ' ${SSH_PORTS[@]+"${SSH_PORTS[@]}"} >"$BACKUP/ports"
  run_phase apply
  activate_all || each_alone "$REPLY"
  run_phase prove
  end_apply
}

run_phase() {
  PHASE=$1
  forget
  controls
}

# harden <id> <conditions> <conditions of the fix> <kind> <arguments…>
harden() {
  CONTROL=$1
  chosen "$1" || return 0
  "harden_$PHASE" "$@"
}

harden_plan() {
  if ! applicable "$2"; then na "$REPLY" && return; fi
  "audit_$4" "${@:5}"
  BEFORE[$1]=${VALUE[$1]-}
  case ${VERDICT[$1]-UNKNOWN} in
    PASS) OUTCOME[$1]=same ;;
    FAIL)
      REASON[$1]=${WHY[$1]}
      if [[ $CONTROLS == all && -z ${FACT[tried]-} ]]; then refused "$1" "not_tried:${FACT[os]-}"
      elif ! applicable "$3"; then refused "$1" "not_here:$REPLY"; else plan_fix "$1" "$4" "${@:5}"; fi
      ;;
    UNKNOWN) refused "$1" "unknown:${WHY[$1]-}" ;;
  esac
}

plan_fix() {
  local before=${#PACKAGES[@]}
  if knows "packages_$2"; then "packages_$2" "${@:3}"; fi
  if [[ ${#PACKAGES[@]} -gt $before && $INSTALL == no ]]; then
    refused "$1" "needs_install:${PACKAGES[*]:before}"
    PACKAGES=("${PACKAGES[@]:0:before}")
  else
    TODO[$1]=1
    if [[ $DRY == yes ]]; then fix "$1" "$2" "${@:3}"; fi
  fi
}

refused() {
  OUTCOME[$1]=refused REASON[$1]=$2
}

harden_apply() {
  [[ -n ${TODO[$1]-} ]] || return 0
  if [[ $ALONE == yes ]]; then
    forget
    "audit_$4" "${@:5}"
    case ${VERDICT[$1]} in
      FAIL) ;;
      UNKNOWN) refused "$1" "unknown:${WHY[$1]}" && return ;;
      *) OUTCOME[$1]=same && return ;;
    esac
  fi
  fix "$1" "$4" "${@:5}"
}

# Something did not take effect, or shut somebody out: all goes back at once, and each control is tried again by itself.
# One that fails by itself stays as it was; the others are kept.
each_alone() {
  local why=$1 id changed=0
  for id in "${!OUTCOME[@]}"; do [[ ${OUTCOME[$id]} != changed ]] || changed=$((changed + 1)); done
  ((changed > 1)) || take_back "$why"
  put_back 0 || take_back "$why; then $REPLY"
  ALONE=yes
  run_phase apply
  for id in "${!OUTCOME[@]}"; do [[ ${OUTCOME[$id]} != changed ]] || return 0; done
  take_back "$why"
}

# put_back <place in the journal>: undoes what was done since, makes that take effect, and looks whether all is well again.
put_back() {
  take_back_from "$1"
  QUEUE=()
  forget
  # What did not take effect may fail again: whether all is well is asked then.
  reload_all :
  RELOADS=()
  [[ -n $ROOT ]] || patiently still_well
}

# One control: all of its changes, or none where one of them is refused.
fix() {
  local id=$1 size=0
  CHANGES=0 REFUSED='' DIFF=''
  [[ $DRY == yes ]] || size=$(stat -c %s "$BACKUP/journal")
  "fix_$2" "${@:3}" >&2
  if [[ -n $REFUSED ]]; then
    refused "$id" "$REFUSED"
    if [[ $CHANGES -gt 0 ]] && [[ $DRY == no ]]; then take_back_from "$size"; fi
  elif ((CHANGES)); then
    OUTCOME[$id]=changed
    [[ $DRY == no ]] || OUTCOME[$id]=planned
    DIFFS[$id]=$DIFF
    [[ $ALONE == no ]] || activate_all || back_alone "$id" "$size" "$REPLY"
  else
    OUTCOME[$id]=same
  fi
}

# A control that fails by itself; where all is not well without it either, the run is over.
back_alone() {
  refused "$1" "$3"
  put_back "$2" || take_back "$REPLY"
}

# Undoes the entries of the journal from a place on.
take_back_from() {
  local whole=$BACKUP/journal
  tail -c "+$(($1 + 1))" "$whole" >"$WORK/part"
  rm -f "$WORK/part-undone"
  undo_all "$WORK/part" "$WORK/part-undone"
  truncate -s "$1" "$whole"
}

harden_prove() {
  [[ ${OUTCOME[$1]-} == changed ]] || return 0
  "audit_$4" "${@:5}"
  AFTER[$1]=${VALUE[$1]-}
  [[ ${VERDICT[$1]} == PASS ]] || OUTCOME[$1]=ineffective REASON[$1]=${WHY[$1]}
}

# Nothing changed after all: nothing is left behind. Else the host waits.
end_apply() {
  local id proved=''
  for id in "${!OUTCOME[@]}"; do
    [[ ${OUTCOME[$id]} != changed ]] || proved+="${proved:+,}$id"
  done
  if [[ ! -s $BACKUP/journal ]]; then
    mv -fT "$STATE/pending" "$BACKUP/pending" || lost
    disarm
    rm -rf -- "$BACKUP"
    ARMED=no
    finish unchanged ''
  fi
  printf '%s\n' "$proved" >"$BACKUP/proved"
  printf '%s\n' "$GIVEN" >"$BACKUP/parameters"
  printf '%s\n' "$AREAS" >"$BACKUP/areas"
  finish applied ''
}

# A test failed: back at once, not when the time is over.
take_back() {
  local why=$1
  ARMED=no
  rollback "$why" || true
  finish reverted "$why"
}
