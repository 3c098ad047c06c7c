# shellcheck shell=bash
# What ConfirmHost and RollbackHost share: which transaction is meant, what became of it, and the answer.

# The outcome that was asked for: exit 0 only with that one.
WANTED=confirmed SETTLED='' RESULTS=''

has_backup() {
  [[ -d $BACKUP ]] || answer unknown 'there is no such backup on this host'
}

# Whether it still waits; else SETTLED is what became of it.
is_pending() {
  local name
  for name in pending reverting confirmed; do
    [[ $(<"$STATE/$name") == "$ID" ]] 2>/dev/null || continue
    SETTLED=$name REPLY=''
    [[ $name != pending ]] || return 0
    return 1
  done
  SETTLED=unknown REPLY='it neither waits nor did it end'
  [[ ! -e $BACKUP/ended ]] || read -r SETTLED REPLY <"$BACKUP/ended"
  return 1
}

# answer <outcome> <reason>
answer() {
  json_text "${2-}" 300
  printf '{"v":1,"document":"%s","transaction":{"id":"%s","outcome":"%s","reason":"%s"%s},"results":[%s]}\n' \
    "$DOCUMENT" "$ID" "$1" "$REPLY" "$(left_json)" "$RESULTS"
  [[ $1 == "$WANTED" ]]
  exit
}

left_json() {
  local line all=''
  while IFS= read -r line; do
    json_text "$line" 160
    all+="${all:+,}\"$REPLY\""
    ((${#all} < 4000)) || break
  done < <(cat "$BACKUP/left" 2>/dev/null)
  [[ -z $all ]] || printf ',"left":[%s]' "$all"
}
