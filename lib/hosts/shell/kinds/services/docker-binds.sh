# shellcheck shell=bash
# What of the host a container may have.

# Names and options of volumes: a volume may be a folder or a disk of the host.
docker_volumes() {
  local names
  mapfile -t names < <(ask_docker volume ls -q)
  docker_template '<json .Name> <json .Options>'
  ((${#names[@]} == 0)) || ask_docker volume inspect -f "$REPLY" "${names[@]}"
}

# What is inside of a container of the host's, "ro:" before it where it can only be read: the first that it should not have,
# in REPLY, a socket before all others; or nothing.
docker_strange_binds() {
  local each path rest=$1 found=''
  while [[ $rest == ,?* ]]; do
    rest=${rest#,}
    each=${rest%%,*} rest=,${rest#*,}
    path=${each#ro:}
    if [[ $path == volume:* ]]; then
      path=${path#volume:}
      [[ $'\n'$DOCKER_VOLUMES =~ $'\n'"$path "[^$'\n']*[{,]device:(/[^],}]*) ]] || continue
      path=${BASH_REMATCH[1]}
    fi
    # Of a rule for all disks or all devices, such as "b *:* rwm", it makes the files itself.
    if [[ $path == [ab]' '*w* ]]; then found=${found:-devices $path} && continue; fi
    [[ $path == /* ]] || continue
    # A link leads elsewhere.
    REPLY=$(readlink -f -- "$ROOT$path") && REPLY=${REPLY#"$ROOT"}
    docker_may_have "$path" "$each" && docker_may_have "${REPLY:-$path}" "$each" && continue
    [[ -n $found && $path != *.sock ]] || found=$path
    [[ $found != *.sock ]] || break
  done
  REPLY=$found
}

# Whom a container is told to ask, where that is the runtime of this host, or one elsewhere that asks for no certificate; or nothing.
docker_strange_runtime() {
  local rest=$1 host='(host|gateway|kubernetes)\.docker\.internal|host\.containers\.internal|172\.(1[7-9]|2[0-9]|3[01])\.0\.1'
  REPLY=''
  while [[ $rest =~ _HOST=([a-z]+://)?([^,:/]+)(:[0-9]+)?[^,]*, ]]; do
    rest=${rest#*"${BASH_REMATCH[0]}"}
    [[ ${BASH_REMATCH[1]} != unix:* ]] || continue
    set -- "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}"
    [[ $1 =~ ^($host)$ ]] || [[ $1 =~ ^[0-9.]+$ && $1 != 127.* && $2 != :2376 ]] || continue
    REPLY=$1$2
  done
}

# docker_may_have <path> <ro:… where it can only be read>: what the host is made of, runs and keeps secret is all but these.
docker_may_have() {
  local path=${1%/}
  path=${path/#\/var\/run/\/run}
  case ${path:-/} in
    */@(docker|containerd|crio|podman|buildkitd).sock | /@(proc|root)/* | /run/@(containerd|crio|docker|podman)* | /opt/@(aws|cni|containerd)* | /opt/bin?(/*) | /home/kubernetes?(/*)) return 1 ;;
    /etc/@(shadow|gshadow|sudoers|ssh|kube|docker|cni|containerd|crio|etcd|rancher|krb5.keytab|ssl/private|pki/tls/private)* | /var/lib/@(docker|containerd|crio|etcd|kube|k0s|minikube|amazon|waagent)*) return 1 ;;
    /etc/@(localtime|timezone|hosts|hostname|resolv.conf) | /etc/@(ssl/certs|pki/ca-trust|ca-certificates)*) ;;
    /usr/share/zoneinfo* | /usr/?(local/)share/ca-certificates*) ;;
    /dev/@(null|zero|full|random|urandom|shm|log|fuse|net/tun|kvm|kfd|dri|nvidia*|neuron*|infiniband*|snd*|video*|tty*)?(/*)) ;;
    /home/+([^/])/[^.]* | /tmp/?* | /var/@(tmp|www|opt)/?* | /var/@(www|opt) | /run/@(postgresql|mysqld|redis|php|memcached)*) ;;
    /var/lib/@(apt|aide|apparmor|cloud|cni|containers|dbus|dnf|dpkg|extrausers|lx[cd]|machines|pam|plumbline|polkit|portables|private|rancher|rpm|selinux|snapd|sudo|systemd|ucf)*) return 1 ;;
    /var/lib/?* | /var/cache/!(apt)*) ;;
    /var/log/!(*.log|amazon*|apt*|audit*|btmp*|journal*|lastlog*|messages*|secure*|sudo*|syslog*|wtmp*)) ;;
    # What can only be read of configuration, programs and logs.
    /@(etc|usr|var/log)/?* | /@(usr|lib|lib64)) [[ $2 == ro:* ]] ;;
    / | /@(bin|boot|dev|etc|home|lib|lib32|lib64|libx32|ostree|proc|root|run|sbin|snap|sys|sysroot|tmp|usr|var)?(/*)) return 1 ;;
  esac
}
