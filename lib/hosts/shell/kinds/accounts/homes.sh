# shellcheck shell=bash
# needs: kinds/file kinds/key-files
# "<number> <home>" of whoever has a shell and a home, in HOMES, and their names in HOME_USERS.
read_homes() {
  local user id home shell
  HOMES=() HOME_USERS=()
  while IFS=: read -r user _ id _ _ home shell; do
    [[ $shell == */@(nologin|false|sync|shutdown|halt) || $home != /+([-A-Za-z0-9_.,@+/]) || ! -d $ROOT$home ]] ||
      { HOMES+=("$id $home") && HOME_USERS+=("$user"); }
  done <"$ROOT/etc/passwd"
}

home_files() {
  local each path index=0
  read_homes
  read_key_patterns
  HOME_FILES=()
  for each in "${HOMES[@]}"; do
    # Keys that are elsewhere their owner must be able to read.
    key_files "${HOME_USERS[index]}" "${each%% *}" "${each#* }"
    for path in "${KEY_FILES[@]}"; do
      [[ $path == "${each#* }"/.ssh/authorized_keys?(2) || $path != /+([-A-Za-z0-9_.,@+/]) ]] || HOME_FILES+=("$path 755 ${each% *}:-,0:-")
    done
    index=$((index + 1))
    HOME_FILES+=("${each#* } 7755 ${each% *}:-,0:-" "${each#* }/.ssh 700 ${each% *}:-,0:-" "${each#* }/.ssh/authorized_keys?(2) 600 ${each% *}:-,0:-")
  done
}

audit_homes() {
  home_files
  audit_file "${HOME_FILES[@]}"
}
