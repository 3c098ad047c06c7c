# shellcheck shell=bash
# The way from this host to Systems Manager, always by new connections: one that is open already says nothing.

# Only a test's preamble may name another way; what comes from the environment is dropped.
# `metadata host:port, file of certificates or -, service=host:port …`
[[ ! -v CHANNEL || ${CHANNEL@a} != *x* ]] || unset CHANNEL
REGION=''

# The SSM agent is the way back: it runs, will run after a reboot, and may run scripts where it keeps them.
agent_is_safe() {
  local unit
  REPLY=ssm_agent_inactive
  if [[ -z $ROOT ]]; then
    for unit in amazon-ssm-agent.service snap.amazon-ssm-agent.amazon-ssm-agent.service ''; do
      [[ -n $unit ]] || return 1
      systemctl is-active --quiet "$unit" && systemctl is-enabled --quiet "$unit" && break
    done
  fi
  REPLY=ssm_noexec
  [[ ,$(findmnt -n -o OPTIONS -T "$ROOT/var/lib/amazon/ssm" 2>/dev/null || findmnt -n -o OPTIONS -T "${ROOT:-/}/var"), != *,noexec,* ]]
}

# http <host> <port> <method> <path> <header>: the body of a 200 in REPLY. curl may be missing, bash is not.
http() {
  # shellcheck disable=SC2016 # the words are for the inner shell, which a dead connection may hang
  REPLY=$(timeout 5 /bin/bash -c '
    exec 5<>"/dev/tcp/$1/$2" || exit 1
    printf "%s %s HTTP/1.1\r\nHost: %s\r\n%s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" "$3" "$4" "$1" "$5" >&5
    read -r _ status _ <&5 && [[ $status == 200 ]] || exit 1
    while read -r line <&5 && [[ $line != $'"'\\r'"' ]]; do :; done
    head -c 4096 <&5' http "$@" 2>/dev/null) && [[ -n $REPLY ]]
}

# A new token of the metadata service, and with it the region.
find_region() {
  local host=169.254.169.254 port=80 token
  [[ ! -v CHANNEL ]] || { host=${CHANNEL%% *} && port=${host##*:} && host=${host%:*}; }
  METADATA=no DOMAIN=amazonaws.com
  if http "$host" "$port" PUT /latest/api/token 'X-aws-ec2-metadata-token-ttl-seconds: 60' && [[ $REPLY =~ ^[A-Za-z0-9_=+/-]+$ ]]; then
    token=$REPLY
    http "$host" "$port" GET /latest/meta-data/placement/region "X-aws-ec2-metadata-token: $token" && METADATA=yes REGION=$REPLY
    http "$host" "$port" GET /latest/meta-data/services/domain "X-aws-ec2-metadata-token: $token" && DOMAIN=$REPLY
  fi
  # A machine outside EC2 has no such service: there the agent says where it is registered.
  [[ $METADATA == yes ]] || REGION=${AWS_SSM_REGION_NAME-}
  [[ $REGION =~ ^[a-z]{2}(-[a-z]+)+-[0-9]$ && $DOMAIN =~ ^[a-z0-9.-]+$ ]]
}

# tls <host> <port> <file of certificates or ->: the name is looked up, a connection made, the certificate checked.
tls() {
  local options=()
  if command -v curl >/dev/null; then
    [[ $3 == - ]] || options=(--cacert "$3")
    curl -sS -o /dev/null --connect-timeout 5 --max-time 10 ${options[@]+"${options[@]}"} "https://$1:$2/"
  else
    [[ $3 == - ]] || options=(-CAfile "$3")
    timeout 10 openssl s_client -connect "$1:$2" -servername "$1" -verify_hostname "$1" -verify_return_error ${options[@]+"${options[@]}"}
  fi </dev/null >/dev/null 2>&1
}

# Which of the ways work now, in REACHED: `metadata ssm ssmmessages ec2messages dns`.
probe_channel() {
  local service host port pids=() names=() at
  REACHED=''
  find_region || return 0
  [[ $METADATA == no ]] || REACHED+=' metadata'
  # A name that the host remembers proves nothing.
  resolvectl flush-caches 2>/dev/null || true
  for service in ssm ssmmessages ec2messages; do
    host=$service.$REGION.$DOMAIN port=443
    [[ ! -v CHANNEL ]] || { host=${CHANNEL##*"$service="} && host=${host%% *} && port=${host##*:} && host=${host%:*}; }
    { getent ahosts "$host" >/dev/null && tls "$host" "$port" "$(authority)"; } &
    pids+=("$!")
    names+=("$service")
  done
  for at in "${!pids[@]}"; do
    if wait "${pids[at]}"; then REACHED+=" ${names[at]}"; fi
  done
}
authority() {
  local rest=${CHANNEL-x -}
  rest=${rest#* }
  printf '%s' "${rest%% *}"
}

# prove_channel <what was reached before>: REPLY names what is not reached any more.
prove_channel() {
  [[ -z $1 ]] || patiently reaches "$1"
}
reaches() {
  local each
  probe_channel
  for each in $1; do
    REPLY=channel_lost:$each
    [[ " $REACHED " == *" $each "* ]] || return 1
  done
}

# A new connection to each port of sshd.
prove_banner() {
  local port address
  address=$(ssh_address)
  for port in "$@"; do
    REPLY=no_ssh_banner:$port
    patiently shows_banner "$port" "$address" || return 1
  done
}
shows_banner() {
  # shellcheck disable=SC2016 # the words are for the inner shell
  [[ $(timeout 5 /bin/bash -c 'exec 5<>"/dev/tcp/$1/$2" && read -r line <&5 && echo "$line"' banner "$2" "$1" 2>/dev/null) == SSH-2.0-* ]]
}

# patiently <command…>: tries again for ten seconds. Right after a reload, or on a busy host, one try may fail that says nothing.
patiently() {
  local end=$((SECONDS + 10))
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.3
  done
}

# Where sshd listens for itself; the loopback unless it is told to keep to an address.
ssh_address() {
  local address
  address=$(sshd_all 2>/dev/null | awk '$1 == "listenaddress" { print $2; exit }')
  case $address in
    '' | 0.0.0.0:* | '[::]:'*) echo 127.0.0.1 ;;
    *) address=${address%:*} && address=${address#[} && echo "${address%]}" ;;
  esac
}
