# shellcheck shell=bash
# needs: conf-files
# config <file> '<key> <check> <target>'…: "key value" or "key = value", the last line counts; drop-ins in <file>.d come after it.
# In a file of systemd a key counts as it is spelt, and what stands behind a value belongs to it.

declare -A CONFIG=() CONFIG_AT=()
# The key and the value of a line, in CONFIG_KEY and REPLY.
config_line() {
  [[ $1 =~ ^([A-Za-z_][A-Za-z0-9_.-]*)([[:space:]]*=[[:space:]]*|[[:space:]]+|$)([^#]*) ]] || return 1
  CONFIG_KEY=${BASH_REMATCH[1],,}
  trimmed "${BASH_REMATCH[3]}"
}

read_config() {
  local path line section known=1
  section=$(grep -m1 -o '^\[[A-Z][a-z]*\]' "$ROOT$1" 2>/dev/null)
  CONFIG=() CONFIG_AT=()
  conf_files "${1#/etc/}.d"
  for path in "$ROOT$1" ${CONF_FILES[@]+"${CONF_FILES[@]}"}; do
    while read -r line || [[ -n $line ]]; do
      [[ $line != '['* || -z $section ]] || { [[ $line == "$section" ]] && known=1 || known=''; }
      { [[ -n $known ]] && config_line "$line"; } || continue
      if [[ $1 == /etc/systemd/* ]]; then
        trimmed "${line#*=}"
        [[ $line == [A-Z]* ]] || continue
      fi
      CONFIG[$CONFIG_KEY]=$REPLY CONFIG_AT[$CONFIG_KEY]=${path#"$ROOT"}
    done < <(cat "$path" 2>/dev/null)
  done
}

audit_config() {
  local value setting name check seen=''
  read_config "$1"
  for setting in "${@:2}"; do
    read -r name check _ <<<"$setting"
    value=${CONFIG[${name,,}]-}
    if ! meets "$value" "$check"; then
      wanted "$check"
      if [[ -n ${CONFIG[${name,,}]+x} ]]; then REPLY="${CONFIG_AT[${name,,}]} sets $name to $value, wanted $REPLY"; else REPLY="$name is not set, wanted $REPLY"; fi
      fail "${value:-not set}" false "$REPLY" && return
    fi
    seen+="${seen:+ }$value"
  done
  pass "$seen"
}
