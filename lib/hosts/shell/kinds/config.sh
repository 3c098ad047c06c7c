# shellcheck shell=bash
# config <file> '<key> <check> <target>'…: "key value" or "key = value", the last line counts; drop-ins in <file>.d come after it.

audit_config() {
  local file=$1 path line key value setting name check seen=''
  local -A found=() at=()
  conf_files "${file#/etc/}.d"
  for path in "$ROOT$file" ${CONF_FILES[@]+"${CONF_FILES[@]}"}; do
    while read -r line || [[ -n $line ]]; do
      [[ $line =~ ^([A-Za-z_][A-Za-z0-9_.-]*)([[:space:]]*=[[:space:]]*|[[:space:]]+|$)([^#]*) ]] || continue
      key=${BASH_REMATCH[1],,}
      trimmed "${BASH_REMATCH[3]}"
      found[$key]=$REPLY at[$key]=${path#"$ROOT"}
    done < <(cat "$path" 2>/dev/null)
  done
  for setting in "${@:2}"; do
    read -r name check _ <<<"$setting"
    key=${name,,}
    value=${found[$key]-}
    if ! meets "$value" "$check"; then
      wanted "$check"
      if [[ -n ${found[$key]+x} ]]; then REPLY="${at[$key]} sets $name to $value, wanted $REPLY"; else REPLY="$name is not set, wanted $REPLY"; fi
      fail "${value:-not set}" false "$REPLY" && return
    fi
    seen+="${seen:+ }$value"
  done
  pass "$seen"
}
