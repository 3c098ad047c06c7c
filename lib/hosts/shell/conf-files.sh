# shellcheck shell=bash
# The drop-ins of a folder such as sysctl.d in the order that systemd reads them, in CONF_FILES: of files with the same
# name the one in the first place, all by their names.
conf_files() {
  local -A by_name=()
  local folder path name
  CONF_FILES=()
  for folder in etc run usr/local/lib usr/lib lib; do
    for path in "$ROOT/$folder/$1"/*.conf; do
      [[ -n ${by_name[${path##*/}]+x} ]] || by_name[${path##*/}]=$path
    done
  done
  while read -r name; do
    [[ -r ${by_name[$name]} ]] && CONF_FILES+=("${by_name[$name]}")
  done < <(((${#by_name[@]})) && printf '%s\n' "${!by_name[@]}" | sort)
}
