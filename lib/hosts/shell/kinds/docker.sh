# shellcheck shell=bash
# docker daemon|container '<path of Go templates> <check>'…: what docker info says, or inspect of each running container.

# A template of a path without two braces beside each other in this document: SSM would fill them in.
docker_template() {
  local open='{' path
  REPLY=
  for path in "$@"; do REPLY+="$open$open$path}}|"; done
}
docker_info() { docker info -f "$1" 2>/dev/null; }
# "<name>|<value>|…" of each running container.
docker_containers() {
  local ids
  mapfile -t ids < <(docker ps -q 2>/dev/null)
  ((${#ids[@]} == 0)) || docker inspect -f "$1" "${ids[@]}" 2>/dev/null
}

audit_docker() {
  local subject=$1 setting name check line index values paths=() seen='' count=0
  for setting in "${@:2}"; do paths+=("${setting%% *}"); done
  [[ $subject == daemon ]] || paths=(.Name "${paths[@]}")
  docker_template "${paths[@]}"
  while IFS='|' read -ra values; do
    line='the daemon' index=0
    [[ $subject == daemon ]] || line=${values[0]#/} index=1
    count=$((count + 1))
    for setting in "${@:2}"; do
      read -r name check _ <<<"$setting"
      if ! meets "${values[index]-}" "$check"; then
        wanted "$check"
        fail "${values[index]-}" false "$name of $line is ${values[index]:-not set}, wanted $REPLY" && return
      fi
      seen=${values[index]}
      index=$((index + 1))
    done
  done < <(if [[ $subject == daemon ]]; then docker_info "$REPLY"; else docker_containers "$REPLY"; fi)
  if ((count)); then
    [[ $subject == daemon ]] || seen="$count containers"
    pass "$seen"
  elif [[ $subject == daemon ]]; then
    unknown 'the Docker daemon does not answer'
  else
    na 'no container runs'
  fi
}
