# shellcheck shell=bash
# needs: kinds/config
# systemd's own files get a drop-in of ours, others a line in the place of the one that is wrong. What is good stays.

fix_config() {
  local file=$1 setting name check target
  local -A put=()
  read_config "$file"
  for setting in "${@:2}"; do
    read -r name check target <<<"$setting"
    REPLY=${CONFIG[${name,,}]-}
    [[ $file != /etc/systemd/* ]] && meets "$REPLY" "$check" && continue
    meets "$REPLY" "$check" || bounded "$target" "$check"
    put[$name]=$REPLY
  done
  if [[ $file == /etc/systemd/* ]]; then
    {
      echo '# Written by Plumbline; changed by it only.'
      grep -m1 '^\[' "$ROOT$file"
      for name in "${!put[@]}"; do printf '%s=%s\n' "$name" "${put[$name]}"; done | sort
    } | own_file "$file.d/zz-plumbline.conf" 644 root:root
  elif ((${#put[@]})); then
    config_lines | replace_file "$file"
  fi
}

# The file with each key of `put` in the place of its last line, or at the end.
config_lines() {
  local line between=' ' name
  local -A at=()
  local -a lines=()
  while IFS= read -r line || [[ -n $line ]]; do
    lines+=("$line")
    config_line "$line" || continue
    [[ $line != *=* ]] || between=' = '
    at[$CONFIG_KEY]=$((${#lines[@]} - 1))
  done <"$ROOT$file"
  for name in "${!put[@]}"; do
    lines[${at[${name,,}]-${#lines[@]}}]=$name$between${put[$name]}
  done
  printf '%s\n' "${lines[@]}"
}
