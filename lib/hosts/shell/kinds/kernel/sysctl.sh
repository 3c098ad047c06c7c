# shellcheck shell=bash
# needs: conf-files
# sysctl '<key> <check> <target>'…: the value in the kernel, and what the files set at the next boot. In a key * stands
# for "default" and each interface but lo: the kernel takes redirects when "all" or the interface says so.

# Keys are kept in the form with slashes: names of interfaces may have dots.
sysctl_key() {
  local first=${1%%[!./]*}
  first=${1%%[./]*}
  REPLY=$1
  [[ ${1:${#first}:1} == / ]] || { REPLY=${1//\//:} REPLY=${REPLY//.//} REPLY=${REPLY//:/.}; }
}

runtime_sysctl() {
  REPLY=
  [[ -e $ROOT/proc/sys/$1 ]] && read -r REPLY 2>/dev/null <"$ROOT/proc/sys/$1"
}

# The assignments of a file, one call of $2 each: key, value, line.
sysctl_lines() {
  local line key value number=0
  while read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    case $line in
      '' | [#\;]*) continue ;;
      *=*) key=${line%%=*} value=${line#*=} ;;
      -*) key=$line value='' ;;
      *) continue ;;
    esac
    trimmed "${key#-}"
    sysctl_key "$REPLY"
    key=$REPLY
    trimmed "${value//$'\t'/ }"
    "$2" "$key" "$REPLY" "${1#"$ROOT"}:$number"
  done <"$1"
}

declare -A SYSCTL=() SYSCTL_AT=() SYSCTL_RESETS=()
SYSCTL_PATTERNS=() SYSCTL_MASKED=''
sysctl_persists() {
  case $1 in
    *[*?[]*) SYSCTL_PATTERNS+=("$1 $2 $3") ;;
    *) SYSCTL[$1]=$2 SYSCTL_AT[$1]=$3 ;;
  esac
}
sysctl_resets() { SYSCTL_RESETS[$1]="$2 $3"; }

# As systemd-sysctl reads them.
read_sysctls() {
  local path name linked=''
  [[ ! /dev/null -ef $ROOT/etc/systemd/system/systemd-sysctl.service ]] || SYSCTL_MASKED=1
  SYSCTL=() SYSCTL_AT=() SYSCTL_RESETS=() SYSCTL_PATTERNS=()
  conf_files sysctl.d
  for path in ${CONF_FILES[@]+"${CONF_FILES[@]}"}; do
    [[ $path -ef $ROOT/etc/sysctl.conf ]] && linked=1
    sysctl_lines "$path" sysctl_persists
  done
  # Nothing reads it at boot without a link, but sysctl --system and sysctl -p do.
  [[ -n $linked || ! -r $ROOT/etc/sysctl.conf ]] || sysctl_lines "$ROOT/etc/sysctl.conf" sysctl_resets
  # networkd forwards once it has set up what it was told to.
  path=$(grep -EHns -m1 '^\s*(IPForward\s*=\s*(yes|true|1|on|ipv4)|IPv4Forwarding\s*=\s*(yes|true|1|on)|IPMasquerade\s*=\s*(ipv4|both|yes))' \
    "$ROOT"/etc/systemd/{networkd.conf,networkd.conf.d/*.conf,network/*.network})
  path=${path%%$'\n'*} path=${path%:*}
  [[ -z $path ]] || SYSCTL_RESETS[net/ipv4/ip_forward]="1 ${path#"$ROOT"}"
  [[ -e $ROOT/usr/sbin/ufw ]] && ! grep -Eqsi "^ENABLED=[\"']?no" "$ROOT/etc/ufw/ufw.conf" || return 0
  # Where it is on, ufw sets its own values whenever it starts or reloads, unless IPT_SYSCTL is empty.
  while IFS='=' read -r name path; do
    path=${path//[\"\']/}
    [[ $name == IPT_SYSCTL && -r $ROOT$path && -n $path ]] && sysctl_lines "$ROOT$path" sysctl_resets
  done < <(cat "$ROOT/etc/default/ufw" 2>/dev/null)
}

# The value that the files set for a key, and in SYSCTL_WHERE which line; a key that is named wins over a pattern.
persisted_sysctl() {
  local each pattern value
  REPLY=${SYSCTL[$1]-} SYSCTL_WHERE=${SYSCTL_AT[$1]-}
  # "-key" alone keeps patterns away from it.
  [[ -n ${SYSCTL[$1]+x} && -z $REPLY ]] && SYSCTL_WHERE='' && return
  [[ -n $SYSCTL_WHERE ]] && return
  for each in ${SYSCTL_PATTERNS[@]+"${SYSCTL_PATTERNS[@]}"}; do
    read -r pattern value each <<<"$each"
    # shellcheck disable=SC2053 # a pattern on purpose
    [[ $1 == $pattern ]] && REPLY=$value SYSCTL_WHERE=$each
  done
}

# The keys that a setting stands for and that this kernel has, in SYSCTL_KEYS.
sysctl_keys() {
  local path
  sysctl_key "$1"
  SYSCTL_KEYS=()
  for path in "$ROOT/proc/sys/"${REPLY/\*/!(all|lo)}; do
    [[ -e $path ]] && SYSCTL_KEYS+=("${path#"$ROOT/proc/sys/"}")
  done
}

# The value of an interface, or of "default", together with that of "all" ($2), in REPLY. As the kernel's inetdevice.h has it:
# the larger counts of rp_filter (IN_DEV_MAXCONF) and log_martians (ORCONF), the smaller of accept_source_route (ANDCONF).
with_all() {
  [[ ${REPLY:-0} =~ ^[0-9]{1,9}$ && $2 =~ ^[0-9]{1,9}$ ]] || return 0
  case $1 in
    net/ipv4/conf/*/@(rp_filter|log_martians)) ((${REPLY:-0} >= $2)) || REPLY=$2 ;;
    net/ipv4/conf/*/accept_source_route) ((${REPLY:-$2} < $2)) || REPLY=$2 ;;
  esac
}

# The value that counts for a key.
effective_sysctl() {
  local own
  runtime_sysctl "$1" || return
  own=$REPLY
  [[ $1 != net/ipv4/conf/* ]] || runtime_sysctl "net/ipv4/conf/all/${1##*/}"
  set -- "$1" "$REPLY"
  REPLY=$own
  with_all "$@"
}

# Why the next boot would not give a key the value that is wanted, in REPLY, or nothing.
sysctl_contradiction() {
  local shown=${1//\//.} reset=${SYSCTL_RESETS[$1]-}
  persisted_sysctl "${1/conf\/*\//conf/all/}"
  set -- "$@" "$REPLY"
  persisted_sysctl "$1"
  with_all "$1" "$4"
  if [[ -n $REPLY ]] && meets "$REPLY" "$2"; then
    REPLY=''
  elif [[ -n $SYSCTL_WHERE ]]; then
    REPLY="$SYSCTL_WHERE sets $shown to $REPLY, wanted $3"
  else
    REPLY="$shown is in no file of sysctl.d: the next boot forgets it"
    # An interface takes what "default" was when it came; forwarding of all is a row of its own, which sets these.
    [[ $1 == */conf/* && $1 != */conf/@(all|default)/* || $1 == net/ipv4/conf/*/forwarding || $1 == */force_forwarding ]] && REPLY=''
  fi
  [[ -n $REPLY || -z $reset ]] || meets "${reset%% *}" "$2" ||
    REPLY="${reset##* } sets $shown to ${reset%% *} whenever it is applied, wanted $3"
  [[ -n $REPLY || -z $SYSCTL_MASKED ]] || REPLY='systemd-sysctl.service is masked: the next boot sets nothing'
}

audit_sysctl() {
  local setting name check want key pattern seen='' persisted=true why='' failing=''
  unread sysctls && read_sysctls
  for setting in "$@"; do
    read -r name check _ <<<"$setting"
    wanted "$check"
    want=$REPLY
    sysctl_keys "$name"
    for key in ${SYSCTL_KEYS[@]+"${SYSCTL_KEYS[@]}"}; do
      sysctl_contradiction "$key" "$check" "$want"
      [[ -z $REPLY ]] || persisted=false why=${why:-$REPLY}
      effective_sysctl "$key"
      [[ " $seen " == *" $REPLY "* ]] || seen+="${seen:+ }$REPLY"
      # What is in effect matters more than what a file says.
      [[ -n $failing ]] || meets "$REPLY" "$check" ||
        failing=$REPLY why="${key//\//.} is $REPLY, wanted $want${SYSCTL_WHERE:+; $SYSCTL_WHERE names it}"
    done
    # What a file has for an interface that is not there yet.
    sysctl_key "$name"
    pattern=$REPLY
    for key in "${!SYSCTL[@]}" ${SYSCTL_PATTERNS[@]+"${SYSCTL_PATTERNS[@]%% *}"}; do
      # shellcheck disable=SC2053 # a pattern on purpose
      [[ $key == $pattern && $key == */conf/!(all|default|lo|\*)/* && ! -e $ROOT/proc/sys/$key ]] || continue
      sysctl_contradiction "$key" "$check" "$want"
      [[ -z $REPLY ]] || persisted=false why=${why:-$REPLY}
    done
  done
  if [[ -z $seen ]]; then
    na 'this kernel has none of these keys'
  elif [[ -n $why ]]; then
    fail "${failing:-$seen}" "$persisted" "$why"
  else
    pass "$seen"
  fi
}
