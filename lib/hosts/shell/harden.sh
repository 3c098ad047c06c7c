# shellcheck shell=bash
# needs: transaction changes preflight never channel activate rollback arm
# HardenHost: judge, refuse, install, arm, change, activate, judge again; the host then waits for a confirmation.

declare -A TODO=() OUTCOME=() BEFORE=() AFTER=() REASON=() DIFFS=()
ARMED=no DEADLINE=0 PACKAGES=()

# The document itself, or its copy in the backup, called with `rollback <id> <why>` or `judge <id>`.
main() {
  case ${1-} in
    rollback) locate "$2" && rollback "$3" ;;
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
  [[ $DRY == no ]] || WORK=$ROOT/run/plumbline-$ID
  take_turn
  find_facts
  preflight
  run_phase plan
  all_controls_judged >&3
  [[ $DRY == no ]] || finish dry_run ''
  [[ ${#TODO[@]} -gt 0 ]] || finish unchanged ''
  if [[ -z $ROOT || -v CHANNEL ]]; then note_channel || finish refused channel_unreachable; fi
  install_packages
  arm "$TIME_TO_CONFIRM" || finish refused cannot_arm
  printf '%s' "$CHANNEL_BEFORE" >"$BACKUP/channel"
  printf '%s ' ${SSH_PORTS[@]+"${SSH_PORTS[@]}"} >"$BACKUP/ports"
  run_phase apply
  activate_all || take_back "$REPLY"
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
      if ! applicable "$3"; then refused "$1" "not_here:$REPLY"; else plan_fix "$1" "$4" "${@:5}"; fi
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
  [[ -v TODO[$1] ]] || return 0
  fix "$1" "$4" "${@:5}"
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
  else
    OUTCOME[$id]=same
  fi
}

# Undoes the entries of the journal from a place on.
take_back_from() {
  local whole=$BACKUP/journal
  tail -c "+$(($1 + 1))" "$whole" >"$WORK/part"
  rm -f "$WORK/part-undone"
  undo_all control "$WORK/part" "$WORK/part-undone"
  truncate -s "$1" "$whole"
}

harden_prove() {
  [[ ${OUTCOME[$1]-} == changed ]] || return 0
  "audit_$4" "${@:5}"
  AFTER[$1]=${VALUE[$1]-}
  [[ ${VERDICT[$1]} == PASS ]] || OUTCOME[$1]=ineffective REASON[$1]=${WHY[$1]}
}

# What passed after the change must still pass; on stdout the verdicts, and what does not.
judge() {
  local id status=0
  read -r AREAS <"$BACKUP/areas" && read -r CONTROLS <"$BACKUP/proved" && read -r PARAMETERS <"$BACKUP/parameters"
  parameters
  find_facts
  run_phase judge >&2
  for id in ${ORDER[@]+"${ORDER[@]}"}; do
    [[ ${VERDICT[$id]} == PASS ]] || status=1
  done
  results_json 120
  printf '%s' "$REPLY"
  return "$status"
}
harden_judge() {
  if applicable "$2"; then "audit_$4" "${@:5}"; else na "$REPLY"; fi
}

# Before the rollback is armed, and never taken back: a package that is gone again would leave more behind than one that is there.
install_packages() {
  ((${#PACKAGES[@]})) || return 0
  if in_root test -x /usr/bin/apt-get; then
    in_root timeout 300 apt-get -q -o DPkg::Lock::Timeout=120 update </dev/null >&2 3>&- 9>&- || true
    in_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l timeout 900 apt-get -y -q -o DPkg::Lock::Timeout=120 \
      -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install --no-install-recommends "${PACKAGES[@]}"
  else
    in_root timeout 900 dnf -y -q --setopt=install_weak_deps=False install "${PACKAGES[@]}"
  fi </dev/null >&2 3>&- 9>&- || finish refused "install_failed:${PACKAGES[*]}"
  # More controls apply than before.
  FACT=() TODO=() PACKAGES=()
  find_facts
  run_phase plan
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

# finish <outcome> <reason>: says so and ends. 0: done as asked; 1: not done, by name.
finish() {
  local each all='' length
  trap - EXIT
  end_of_run
  json_text "$2" 300
  each="\"transaction\":{\"id\":\"$ID\",\"outcome\":\"$1\",\"reason\":\"$REPLY\",\"deadline\":$DEADLINE},"
  for length in 400 200 120 60 30; do
    hardened_json "$length"
    all=$REPLY
    ((${#all} < 21000)) && break
  done
  printf '{"v":1,"document":"%s",%s"results":[%s]}\n' "$DOCUMENT" "$each" "$all" >&3
  case $1 in
    applied | unchanged | dry_run) exit 0 ;;
    *) exit 1 ;;
  esac
}

hardened_json() {
  local id all=''
  for id in ${ORDER[@]+"${ORDER[@]}"}; do
    [[ -v OUTCOME[$id] ]] || continue
    all+="${all:+,}{\"id\":\"$id\",\"o\":\"${OUTCOME[$id]}\""
    json_text "${BEFORE[$id]-}" "$(($1 / 4))"
    all+=",\"before\":\"$REPLY\""
    json_text "${AFTER[$id]-}" "$(($1 / 4))"
    [[ ! -v AFTER[$id] ]] || all+=",\"after\":\"$REPLY\""
    json_text "${REASON[$id]-}" "$1"
    [[ -z $REPLY ]] || all+=",\"why\":\"$REPLY\""
    json_text "${DIFFS[$id]-}" "$1"
    [[ -z $REPLY ]] || all+=",\"diff\":\"$REPLY\""
    all+='}'
  done
  REPLY=$all
}

# Only scratch files are left to remove: what is armed stays armed.
end_of_run() {
  if [[ $DRY == yes ]]; then
    rm -rf -- "$WORK"
  elif [[ $ARMED == half && ! -e $STATE/pending ]]; then
    disarm
    rm -rf -- "$BACKUP"
  fi
}
