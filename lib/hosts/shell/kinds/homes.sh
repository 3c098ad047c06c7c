# shellcheck shell=bash
# needs: kinds/file
# "<number> <home>" of whoever has a shell and a home, in HOMES.
read_homes() {
  local id home shell
  HOMES=()
  while IFS=: read -r _ _ id _ _ home shell; do
    [[ $shell == */@(nologin|false|sync|shutdown|halt) || $home != /+([-A-Za-z0-9_.,@+/]) || ! -d $ROOT$home ]] ||
      HOMES+=("$id $home")
  done <"$ROOT/etc/passwd"
}

home_files() {
  local each
  read_homes
  HOME_FILES=()
  for each in "${HOMES[@]}"; do
    HOME_FILES+=("${each#* } 7755 ${each% *}:-,0:-" "${each#* }/.ssh 700 ${each% *}:-,0:-" "${each#* }/.ssh/authorized_keys?(2) 600 ${each% *}:-,0:-")
  done
}

audit_homes() {
  home_files
  audit_file "${HOME_FILES[@]}"
}
