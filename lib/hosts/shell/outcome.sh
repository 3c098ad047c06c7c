# shellcheck shell=bash
# What is said of a run, and what was right after it.

# finish <outcome> <reason>: says so and ends. 0: done as asked; 1: not done, by name.
finish() {
  local length
  trap - EXIT
  end_of_run
  for length in 400 200 120 60 30; do
    hardened_json "$length"
    ((${#ALL} < 21000)) && break
  done
  json_text "$2" 300
  printf '{"v":1,"document":"%s","transaction":{"id":"%s","outcome":"%s","reason":"%s","deadline":%s},"results":[%s]}\n' \
    "$DOCUMENT" "$ID" "$1" "$REPLY" "$DEADLINE" "$ALL" >&3
  [[ $1 == @(applied|unchanged|dry_run) ]]
  exit
}

hardened_json() {
  local id
  ALL=
  for id in ${ORDER[@]+"${ORDER[@]}"}; do
    [[ -n ${OUTCOME[$id]-} ]] || continue
    ALL+="${ALL:+,}{\"id\":\"$id\",\"o\":\"${OUTCOME[$id]}\""
    member before "${BEFORE[$id]-}" $(($1 / 4))
    member after "${AFTER[$id]-}" $(($1 / 4))
    member why "${REASON[$id]-}" "$1"
    member diff "${DIFFS[$id]-}" "$1"
    ALL+='}'
  done
}
member() {
  json_text "$2" "$3"
  [[ -z $2 ]] || ALL+=",\"$1\":\"$REPLY\""
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
