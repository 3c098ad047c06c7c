# shellcheck shell=bash
# needs: kinds/docker
# Only daemon.json, and only where dockerd itself says that it would start with it. Nothing is restarted.

fix_docker() {
  local setting name check target text written
  unread docker && read_docker
  [[ $DOCKER_FILE == /etc/docker/daemon.json ]] || refuse "$CONTROL" "config_file:$DOCKER_FILE" || return
  # Older than version 23 it cannot be asked.
  in_root dockerd --help 2>/dev/null | grep -qe --validate || refuse "$CONTROL" cannot_validate || return
  written=$(cat "$ROOT$DOCKER_FILE" 2>/dev/null)
  text=$written
  [[ -n $text ]] || text='{}'
  for setting in "${@:2}"; do
    read -r name check target <<<"$setting"
    meets "${DOCKER[p.$name]}" "$check" && continue
    docker_may "$name" || refuse "$CONTROL" "$REPLY" || return
    if [[ $name == logs ]]; then
      object_value "$text" log-opts
      [[ -n $REPLY ]] || REPLY='{}'
      with_value "$REPLY" max-file '"5"' && with_value "$REPLY" max-size '"10m"' && with_value "$text" log-opts "$REPLY"
    else
      bounded "$target" "$check"
      with_value "$text" "$name" "$REPLY"
    fi || refuse "$CONTROL" "not_an_object:$DOCKER_FILE" || return
    text=$REPLY
  done
  # dockerd is to be started again, or containers keep what they were made with.
  [[ $text != "$written" && $text != '{}' ]] || refuse "$CONTROL" written_already || return
  docker_starts_with "$text" || refuse "$CONTROL" docker_rejects || return
  printf '%s\n' "$text" | replace_file "$DOCKER_FILE" || return
  [[ $DRY == yes || $* != *live-restore* || ${DOCKER[0.live-restore]} == true ]] || journal live_restore
  activate docker
}

# What is not in daemon.json any more a reload leaves as it was: it is told to for a moment, in the file that is then taken back.
undo_live_restore() {
  local file=$ROOT$DOCKER_FILE text
  [[ -z $ROOT && $CAUSE != boot ]] && systemctl is-active --quiet docker.service || return 0
  text=$(cat "$file" && echo .)
  with_value "${text%.}" live-restore false && printf '%s' "$REPLY" >"$file" && systemctl reload docker.service
  for _ in {1..20}; do
    [[ $(docker_info) != true* ]] && break
    sleep 0.1
  done
  printf '%s' "${text%.}" >"$file"
}

# What would keep dockerd from starting, though the file alone is good.
docker_may() {
  local flag=$1
  [[ $1 != logs ]] || flag=log-opt
  REPLY=set_by_flag:$flag
  { printf '%s\n' "$DOCKER_SET" && docker_starters; } | grep -qE -- "(^|[^a-z-])--$flag([= ]|\$)" && return 1
  case $1 in
    live-restore)
      REPLY=swarm
      docker_template '<.Swarm.LocalNodeState>'
      [[ $(ask_docker info -f "$REPLY") == inactive ]] || { REPLY=swarm && return 1; }
      ;;
    icc | userland-proxy)
      REPLY=needs_iptables
      [[ ! $DOCKER_SET =~ [\ ,{-]iptables[:=]false ]] || return 1
      # With either of them false and this module missing the default bridge fails, and dockerd with it.
      REPLY=needs_br_netfilter
      [[ -e $ROOT/proc/sys/net/bridge/bridge-nf-call-iptables ]]
      ;;
  esac
}
# Where its next flags come from, but for comments.
docker_starters() {
  grep -hvs '^[[:space:]]*#' "$ROOT"/etc/@(default|sysconfig)/docker "$ROOT"/@(etc|run|lib|usr/lib)/systemd/system/docker.service "$ROOT"/@(etc|run|lib|usr/lib)/systemd/system/docker.service.d/*.conf
}
# With the flags that it has now.
docker_starts_with() {
  local trial=/run/plumbline-trial-$ID-docker flags=() result
  docker_flags && read -ra flags <<<"$REPLY"
  printf '%s\n' "$1" >"$ROOT$trial" && in_root timeout 30 dockerd ${flags[@]+"${flags[@]}"} --config-file "$trial" --validate
  result=$?
  rm -f "$ROOT$trial"
  return "$result"
}

# object_value <object> <key>: the value in REPLY, empty where there is none; where it is in AT and LENGTH.
object_value() {
  local rest=$1 at=0 depth=0 last='' token pattern='^[[:space:]]*([][{}:,]|"([^"\\]|\\.)*"|[^][{}:,"[:space:]]+)'
  AT=0 LENGTH=0
  while [[ $rest =~ $pattern ]]; do
    token=${BASH_REMATCH[1]} rest=${rest:${#BASH_REMATCH[0]}}
    at=$((at + ${#BASH_REMATCH[0]}))
    case $depth$token in
      1:) [[ $last != "\"$2\"" ]] || AT=$at ;;
      '1,' | '1}') ((!AT)) || { LENGTH=$((at - 1 - AT)) && break; } ;;
    esac
    case $token in
      '{' | '[') depth=$((depth + 1)) ;;
      '}' | ']') depth=$((depth - 1)) ;;
    esac
    last=$token
  done
  REPLY=${1:AT:LENGTH}
}

# with_value <object> <key> <value as JSON>: the object in REPLY, with that value.
with_value() {
  local comma=,
  object_value "$1" "$2"
  if ((LENGTH)); then
    REPLY="${1:0:AT} $3${1:AT+LENGTH}"
  elif [[ $1 =~ ^[[:space:]]*\{[[:space:]]*(\}?) ]]; then
    [[ -z ${BASH_REMATCH[1]} ]] || comma=
    REPLY="{"$'\n'"  \"$2\": $3$comma"$'\n'"${1#*\{}"
  else
    return 1
  fi
}
