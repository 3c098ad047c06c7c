# shellcheck shell=bash
# needs: kinds/docker-binds kinds/processes
# docker daemon|container '<field> <check> <target>'…: what dockerd says of itself, or of each container.

# By the socket of this host: a context of root's may lead to another. All is JSON, which has no tabs or line breaks of its
# own; without its quotes a field is as easily told apart.
ask_docker() { PATH=$PATH:/usr/local/bin:/snap/bin timeout 30 docker -H unix:///run/docker.sock "$@" 2>/dev/null | tr -d '"' && return "${PIPESTATUS[0]}"; }
# A template with < and > for two braces, which SSM would fill in.
docker_template() {
  local open='{'
  REPLY=${1//</$open$open}
  REPLY=${REPLY//>/'}}'}
}

# The arguments of the dockerd of this host, not of one in a container. Where none runs nothing is asked: docker.socket would start it.
docker_flags() {
  local words=()
  REPLY=$(pgrep -xo --ns $$ --nslist pid dockerd) && mapfile -d '' -t words <"/proc/$REPLY/cmdline" && REPLY=" ${words[*]:1} "
}
docker_info() {
  docker_template '<.LiveRestoreEnabled> <json .SecurityOptions> <json .RegistryConfig>'
  ask_docker info -f "$REPLY"
}
docker_networks() {
  docker_template '<.Internal> <.Name>,'
  ask_docker network ls --format "$REPLY"
}
# Each that runs or may at any time; one that has ended does nothing. A last "?" says that not all could be looked at.
# ExposedPorts may be missing, which only index takes.
docker_containers() {
  local ids
  mapfile -t ids < <(ask_docker ps -aq -f status=created -f status=running -f status=paused -f status=restarting)
  docker_template $'<json .Name>\t<json .State.Pid>\t-<json .Config.User>\t<json (index .Config "ExposedPorts")>\t<json .NetworkSettings.Ports>\t,<range $n,$v := .NetworkSettings.Networks><json $n>,<end>\t,<range .Mounts><if .RW><else>ro:<end><if eq .Type "volume">volume:<json .Name><else><json .Source><end>,<end><range .HostConfig.Devices><json .PathOnHost>,<end><range .HostConfig.DeviceCgroupRules><json .>,<end><with .HostConfig>\t<json .Privileged>\t<json .ReadonlyRootfs>\t<json .CapDrop>\t<json .CapAdd>\t<json .SecurityOpt>\t<json .Memory>\t<json .NanoCpus>\t<json .CpuQuota>\t<json .PidsLimit>\tnetwork <json .NetworkMode>, processes <json .PidMode>, ipc <json .IpcMode>, uts <json .UTSMode>, users <json .UsernsMode>,\t<json .LogConfig>\t<json .PortBindings>\t-<json .GroupAdd><end>\t-<range .Config.Env><$key := index (split . "=") 0><if or (eq $key "DOCKER_HOST") (eq $key "CONTAINER_HOST")><json .>,<end><end>'
  ((${#ids[@]} == 0)) || ask_docker inspect -f "$REPLY" "${ids[@]}" || echo '?'
}

# <number of a container, 0 for the daemon>.<field>, and p.<field> for what the daemon's next start has.
declare -A DOCKER=()
DOCKER_COUNT=0 DOCKER_SET='' DOCKER_FILE=/etc/docker/daemon.json DOCKER_INFO=''
read_docker() {
  local fields networks
  DOCKER=() DOCKER_COUNT=0 DOCKER_SET='' DOCKER_FILE=/etc/docker/daemon.json
  docker_flags || return
  DOCKER_SET=$REPLY DOCKER_FLAGS=$REPLY
  [[ $REPLY =~ --config-file[=\ ]([^ ]+) ]] && DOCKER_FILE=${BASH_REMATCH[1]}
  REPLY=$(cat "$ROOT$DOCKER_FILE" 2>/dev/null)
  DOCKER_SET+=${REPLY//[[:space:]\"]/}
  DOCKER_INFO=$(docker_info)
  [[ $DOCKER_INFO == @(true|false)' '* ]] || return
  docker_default live-restore false
  docker_default icc true
  docker_default userland-proxy true
  docker_default no-new-privileges false
  docker_default logs unbounded
  docker_daemon_fields
  networks="true none,$(docker_networks)"
  DOCKER_VOLUMES=$(docker_volumes)
  while IFS=$'\t' read -ra fields; do
    [[ ${fields[0]} != '?' ]] || { DOCKER[lost]='a container could not be looked at' && break; }
    DOCKER_COUNT=$((DOCKER_COUNT + 1))
    docker_fields "${fields[@]}"
  done < <(docker_containers)
}
docker_is() { DOCKER[$DOCKER_COUNT.$1]=$2; }

# What flags and daemon.json ask for; in effect where dockerd was started after that.
docker_default() {
  REPLY=$2
  # Of several the last counts; Go has more words for either.
  [[ ${DOCKER_SET//\[*([^]])\]/} =~ .*(\ --|[,{])$1([:=](true|false|[1tT0fF]|T[Rr][Uu][Ee]|F[Aa][Ll][Ss][Ee])([,} ])|\ ) ]] &&
    case ${BASH_REMATCH[3]:-true} in [1tT]*) REPLY=true ;; *) REPLY=false ;; esac
  # Drivers but json-file bound what they write, or write no files.
  [[ $1 == logs ]] && [[ $DOCKER_SET =~ max-size[:=][1-9] || $DOCKER_SET =~ log-driver[:=\ ] && ! $DOCKER_SET =~ log-driver[:=\ ]json-file ]] && REPLY=bounded
  DOCKER[p.$1]=$REPLY
  [[ ! $ROOT$DOCKER_FILE -nt $ROOT/run/docker.pid ]] || REPLY="older than $DOCKER_FILE"
  docker_is "$1" "$REPLY"
}

docker_daemon_fields() {
  local rest=,${DOCKER_INFO#*InsecureRegistryCIDRs:[}
  docker_is live-restore "${DOCKER_INFO%% *}"
  # Of another one's sockets and containers nobody tells here.
  processes dockerd
  ((${#PROCESSES[@]} < 2)) || DOCKER[lost]='another dockerd runs'
  docker_is registries encrypted
  docker_is sockets local
  rest=${rest%%]*},
  rest=${rest/,127.0.0.0\/8,/,}
  rest=${rest/,::1\/128,/,}
  [[ $rest == , ]] || docker_is registries "$rest"
  [[ $DOCKER_INFO =~ Name:([^,]+),[^}]*Secure:false ]] && docker_is registries "${BASH_REMATCH[1]}"
  docker_default tlsverify false
  [[ ${DOCKER[p.tlsverify]} == false ]] || return
  rest=$(systemctl show -p Listen docker.socket 2>/dev/null)
  [[ $rest =~ Listen=[^/@][^\ ]* ]] && docker_is sockets "${BASH_REMATCH[0]#Listen=}"
  # "-H :2375" is as good as "-H tcp://0.0.0.0:2375".
  rest=$DOCKER_FLAGS
  while [[ $rest =~ \ (-H|--host)[=\ ]?([^\ ]+) ]]; do
    rest=${rest#*"${BASH_REMATCH[0]}"}
    [[ ${BASH_REMATCH[2]} == @(unix|fd)://* ]] || docker_is sockets "${BASH_REMATCH[2]}"
  done
  [[ ! $DOCKER_SET =~ [{,]hosts:\[([^]]*)\] ]] || rest=${BASH_REMATCH[1]},
  while [[ $rest == ?*,* ]]; do
    [[ $rest == @(unix|fd)://* ]] || docker_is sockets "${rest%%,*}"
    rest=${rest#*,}
  done
}

# Ports of databases, caches and their like.
DOCKER_DATABASE='(1433|1521|2379|3306|5432|5984|6379|7687|8086|9042|9200|9300|11211|27017|33060)'
# The fields of docker_containers, in their order.
docker_fields() {
  local name=$1 user=${3#-} uid='' own='' key value ports=$5${19} joined=$6 binds=$7 options=${12}
  docker_is name "${name#/}"
  # What runs says more than how it was meant to.
  [[ $2 =~ ^[1-9][0-9]*$ ]] && while read -r key value _; do
    [[ $key == Uid: ]] && uid=$value
    [[ $key == NoNewPrivs: ]] && own=$value
  done 2>/dev/null <"$ROOT/proc/$2/status"
  [[ ${user%%:*} == @(|root|?([+-])+(0)) || $uid == 0 ]] && user=root
  docker_is user "$user"
  # A default of the daemon's is not shown among the options of the container.
  case ${own:--}$options in
    1* | -*no-new-privileges@(|[:=]true)[],]*) REPLY=true ;;
    0* | -*no-new-privileges*) REPLY=false ;;
    *) REPLY=${DOCKER[0.no-new-privileges]} ;;
  esac
  docker_is no-new-privileges "$REPLY"
  docker_is privileged "$8"
  docker_is read-only "$9"
  REPLY=kept
  [[ ${10^^} == *ALL[],]* ]] && REPLY=dropped
  key=${11//CAP_/}
  [[ ${key//[\[\]]/,}, == *,!(CHOWN|DAC_OVERRIDE|FOWNER|FSETID|KILL|NET_BIND_SERVICE|SETGID|SETUID|*,*|),* ]] && REPLY=added:$key
  [[ $8 == true ]] && REPLY=all
  docker_is capabilities "$REPLY"
  docker_is memory "${13}"
  docker_is cpus "${14}"
  [[ ${14} != 0 ]] || docker_is cpus "${15}"
  docker_is processes "${16/null/0}"
  docker_strange_binds "$binds"
  [[ -n $REPLY ]] || docker_strange_runtime "${21}"
  docker_is binds "${REPLY:-none}"
  docker_is groups harmless
  [[ ${20//[][-]/,} =~ ,(root|0+|docker|disk|kmem|lxd|shadow|sudo|wheel), ]] && docker_is groups "${BASH_REMATCH[1]}"
  docker_is namespaces own
  [[ ${17} =~ [a-z]+\ host, ]] && docker_is namespaces "${BASH_REMATCH[0]%,}"
  docker_is confined yes
  case $options:$DOCKER_INFO in
    *defaultAction*([\\:\ nt])SCMP_ACT_@(ALLOW|LOG)*:* | *@(seccomp|apparmor|systempaths)[=:]unconfined*:* | *label[=:]@(disable|type:@(spc|unconfined|container_runtime)_t)*:* | *profile=unconfined* | !(*name=seccomp*)) docker_is confined no ;;
  esac
  docker_is logs bounded
  [[ ${18} == *json-file* && ! ${18} =~ max-size:[1-9] ]] && docker_is logs unbounded
  docker_is ports bound
  while [[ $ports =~ ([0-9]+)/[a-z]+:\[([^]]+)\] ]]; do
    ports=${ports#*"${BASH_REMATCH[0]}"}
    key=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    # HostIp may be empty, for each address.
    [[ $key =~ ^$DOCKER_DATABASE$ || $value =~ HostPort:$DOCKER_DATABASE(\}|,) || $value =~ HostIp:(0\.0\.0\.0|::)?, ]] && docker_is ports "$key"
  done
  docker_is networks internal
  [[ $4 =~ [{,]$DOCKER_DATABASE/tcp ]] && while [[ $joined == ,?* ]]; do
    joined=${joined#,}
    [[ $networks == *"true ${joined%%,*},"* ]] || docker_is networks "${joined%%,*}"
    joined=,${joined#*,}
  done
}

audit_docker() {
  unread docker && read_docker
  if ((${#DOCKER[@]})); then
    "docker_$1" "${@:2}"
  elif [[ -n $DOCKER_SET ]]; then
    unknown 'dockerd does not answer'
  elif [[ $1 == container ]]; then
    na 'dockerd does not run'
  else
    unknown 'dockerd does not run'
  fi
}

docker_daemon() {
  local setting name check value next seen=''
  for setting in "$@"; do
    read -r name check _ <<<"$setting"
    value=${DOCKER[0.$name]} next=${DOCKER[p.$name]-${DOCKER[0.$name]}}
    wanted "$check"
    meets "$next" "$check" && next=true || next=false
    meets "$value" "$check" && [[ $next == true ]] || { fail "$value" "$next" "$name is $value, wanted $REPLY; the next start has it: $next" && return; }
    seen+="${seen:+ }$value"
  done
  if [[ ${DOCKER[lost]-} == another* ]]; then unknown "${DOCKER[lost]}"; else pass "$seen"; fi
}

# One verdict on all, which names the first; where there is none yet, on what the daemon gives to new ones.
docker_container() {
  local setting name check each next=false judged='' bad=0 why=''
  for ((each = DOCKER_COUNT > 0; each <= DOCKER_COUNT; each++)); do
    for setting in "$@"; do
      read -r name check _ <<<"$setting"
      [[ -n ${DOCKER[$each.$name]+x} ]] || continue
      judged=1
      [[ -n ${DOCKER[p.$name]+x} ]] && meets "${DOCKER[p.$name]}" "$check" && next=true
      meets "${DOCKER[$each.$name]}" "$check" && continue
      bad=$((bad + 1))
      ((bad > 3)) || why+="${why:+; }${DOCKER[$each.name]-new ones}: $name ${DOCKER[$each.$name]}"
      break
    done
  done
  if ((!bad)) && [[ -n ${DOCKER[lost]-} ]]; then
    unknown "${DOCKER[lost]}"
  elif [[ -z $judged ]]; then
    na 'no container'
  elif ((bad)); then fail "$bad of ${DOCKER_COUNT/#0/new} containers" "$next" "$why"
  else pass "$DOCKER_COUNT containers"; fi
}
