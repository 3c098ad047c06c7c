# shellcheck shell=bash
# First in every document: the environment, the words for a verdict, and the one line of JSON.
set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin TZ=UTC
unset IFS CDPATH GLOBIGNORE
umask 077
shopt -s nullglob extglob
# In front of every path; tests set it after this part to judge a folder as if it were a host.
ROOT=''

# shellcheck disable=SC2034 # what other parts read and set
declare -A FACT=() PARAMETER=() READ=() VERDICT=() VALUE=() PERSISTED=() WHY=()
ORDER=()
CONTROL='' AREAS='' CONTROLS=all PARAMETERS=none

# An index is looked up as ${a[$i]+x}: [[ -v a[$i] ]] runs what stands in $i.
# Each function that gives a text gives it in REPLY: a subshell for each would cost a fork.

# Printable ASCII, at most $2 characters, fit to stand between the quotes of JSON.
json_text() {
  local text=${1//[[:space:]]/ }
  text=${text//[^ -~]/?}
  text=${text:0:$2}
  text=${text//\\/\\\\}
  REPLY=${text//\"/\\\"}
}

# Whether something is still to be read; what was read once is kept until a change asks to forget it.
unread() {
  [[ -z ${READ[$1]-} ]] && READ[$1]=1
}
forget() { READ=(); }

# By what is not blank: bash tries +([[:space:]]) at each length of the text, 15 ms for a line of 600 characters.
trimmed() {
  REPLY=${1#"${1%%[![:space:]]*}"}
  REPLY=${REPLY%"${REPLY##*[![:space:]]}"}
}

# Ends a run that could not be done: whoever reads the output must not take it for a clean host.
stop() {
  json_text "$1" 400
  printf '{"v":1,"document":"%s","error":"%s"}\n' "$DOCUMENT" "$REPLY"
  printf 'plumbline: %s\n' "$1" >&2
  exit 2
}

# The value of an SSM parameter, of which each item must match a pattern: SSM checks too, but not for who runs the script otherwise.
ssm() {
  local name=SSM_$1
  [[ -v $name ]] || stop "$name is not set: this SSM agent is too old to pass parameters as environment variables (3.3.2746.0 does)"
  REPLY=${!name}
  ((${#REPLY} <= 1024)) || stop "$name is longer than 1024 characters"
  [[ $REPLY =~ ^($2)$ ]] || stop "$name is not as its allowedPattern asks"
}

# Whether a value is as wanted: =v this; a..b a whole number (b may be missing); @a,b one of; ^v^a,b,c not after v in this order; -a,b a list with none of, in whatever case; x:y part by part.
meets() {
  local value=$1 check=$2 rest each
  case $check in
    =*) [[ $value == "${check#=}" ]] ;;
    @*) [[ -n $value && $value != *,* && ,${check#@}, == *",$value,"* ]] ;;
    ^*)
      rest=,${check##*^},
      each=${check#^}
      [[ -n $value && $value != *,* && ${rest%%",${each%%^*},"*},${each%%^*}, == *",$value,"* ]]
      ;;
    -*)
      rest=${check#-},
      while [[ -n $rest ]]; do
        [[ ,${value,,}, == *",${rest%%,*},"* ]] && return 1
        rest=${rest#*,}
      done
      [[ -n $value ]]
      ;;
    *:*) [[ $value == *:* ]] && meets "${value%%:*}" "${check%%:*}" && meets "${value#*:}" "${check#*:}" ;;
    *) [[ $value =~ ^[0-9]{1,15}$ ]] && ((10#$value >= ${check%%..*})) && [[ -z ${check##*..} || $((10#$value <= ${check##*..})) == 1 ]] ;;
  esac
}

# The same for people.
wanted() {
  case $1 in
    =*) REPLY=${1#=} ;;
    @*) REPLY=${1#@} REPLY=${REPLY//,/ or } ;;
    ^*) REPLY=${1#^} REPLY="${REPLY%%^*} or stricter" ;;
    -*) REPLY="none of ${1#-}" ;;
    *:*) REPLY="within $1" ;;
    *..) REPLY="${1%..} or more" ;;
    *) REPLY="${1%%..*} to ${1##*..}" ;;
  esac
}

# What a fix sets: its target, or what the check itself allows where there is none or a parameter asks for less.
bounded() {
  REPLY=$1
  [[ -n $1 ]] && meets "$1" "$2" && return
  case $2 in
    -*) REPLY=${1:-$2} ;;
    [=^]*) REPLY=${2#?} REPLY=${REPLY%%^*} ;;
    @*) REPLY=${2#@} REPLY=${REPLY%%,*} ;;
    *..) REPLY=${2%..} ;;
    *) REPLY=${2##*..} ;;
  esac
}

# A parameter of a control: its name, its default, what is allowed.
# shellcheck disable=SC2034 # rows name them
parameter() {
  local given
  PARAMETER[$1]=$2
  [[ " $PARAMETERS " == *" $1="* ]] || return 0
  given=" $PARAMETERS "
  given=${given#*" $1="}
  given=${given%%" "*}
  PARAMETERS=" $PARAMETERS "
  PARAMETERS=${PARAMETERS/" $1=$given "/ }
  meets "$given" "$3" || { wanted "$3" && stop "$1 is $given; allowed: $REPLY"; }
  PARAMETER[$1]=$given
}

# Where something was asked for that is not there, nothing is reported: the answer would look complete.
all_parameters_known() {
  trimmed "$PARAMETERS"
  [[ $REPLY == @(|none) ]] || stop "no parameter is called ${REPLY%%=*}"
}
all_controls_judged() {
  local id
  [[ $CONTROLS == all ]] && return
  for id in ${CONTROLS//,/ }; do
    [[ -n ${VERDICT[$id]+x} ]] || stop "$id is no control of the areas $AREAS"
  done
}

verdict() {
  [[ -n ${VERDICT[$CONTROL]+x} ]] || ORDER+=("$CONTROL")
  VERDICT[$CONTROL]=$1 VALUE[$CONTROL]=$2 PERSISTED[$CONTROL]=$3 WHY[$CONTROL]=$4
}
# The value in effect, which is persisted with nothing contradicting it.
pass() { verdict PASS "$1" true ''; }
# The value in effect, whether what is persisted is as wanted (true or false), and why it fails.
fail() { verdict FAIL "$1" "$2" "$3"; }
na() { verdict NA '' '' "$1"; }
unknown() { verdict UNKNOWN '' '' "$1"; }

# Whether the facts are as a control asks ("-" for whatever, "docker !nat"); REPLY says which is not.
applicable() {
  local each
  [[ $1 == - ]] && return
  for each in $1; do
    case $each in
      named) [[ $CONTROLS != all ]] || { REPLY='may break a workload: only when it is named' && return 1; } ;;
      !*) [[ -z ${FACT[${each#!}]-} ]] || { REPLY="not where ${each#!} is: ${FACT[${each#!}]}" && return 1; } ;;
      *) [[ -n ${FACT[$each]-} ]] || { REPLY="only where $each is" && return 1; } ;;
    esac
  done
}

# Whether a control was asked for.
chosen() { [[ $CONTROLS == all || ,$CONTROLS, == *",$1,"* ]]; }

# audit <id> <conditions> <kind> <arguments of the kind…>
audit() {
  CONTROL=$1
  chosen "$1" || return 0
  applicable "$2" || { na "$REPLY" && return; }
  "audit_$3" "${@:4}"
}

# A command in the host that is judged.
in_root() {
  if [[ -n $ROOT ]]; then chroot "$ROOT" "$@"; else "$@"; fi
}

# Somebody from anywhere, as -C of sshd takes it.
ANYWHERE='host=plumbline.invalid,addr=203.0.113.7,laddr=127.0.0.1,lport=22'
# All that sshd says, of nobody in particular. Without -C OpenSSH 8.2 gives up at a Match block.
sshd_all() { in_root /usr/sbin/sshd -T -C "user=plumbline-nobody,$ANYWHERE"; }

# The verdicts as JSON, each text cut to $1 characters.
results_json() {
  local id all='' separator=''
  for id in ${ORDER[@]+"${ORDER[@]}"}; do
    all+="$separator{\"id\":\"$id\",\"s\":\"${VERDICT[$id]}\""
    separator=,
    case ${VERDICT[$id]} in
      PASS | FAIL)
        json_text "${VALUE[$id]}" "$(($1 / 2))"
        all+=",\"e\":\"$REPLY\",\"p\":${PERSISTED[$id]}"
        ;;
    esac
    json_text "${WHY[$id]}" "$1"
    [[ -z $REPLY ]] || all+=",\"why\":\"$REPLY\""
    all+='}'
  done
  REPLY=$all
}
