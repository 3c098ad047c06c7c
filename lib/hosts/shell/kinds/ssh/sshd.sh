# shellcheck shell=bash
# needs: kinds/sshd-starts
# sshd '<option> <check> <target>'…: what sshd itself says for each login user, and which line of which file says so.

declare -A SSHD=() SSHD_FIRST=() SSHD_AT=() SSHD_MATCH=()
SSHD_USERS=() SSHD_FILES=() SSHD_FOLDERS=() SSHD_ERROR='' SSHD_MATCHES=''

# A value as sshd writes it; the first word only, but where an option takes several.
sshd_value() {
  trimmed "${2%%[[:space:]]#*}"
  REPLY=${REPLY//\"/}
  case $1 in
    loglevel | syslogfacility) REPLY=${REPLY^^} ;;
    logingracetime | clientaliveinterval)
      case $REPLY in
        +([0-9])[sS]) REPLY=${REPLY%?} ;;
        +([0-9])[mM]) REPLY=$((10#${REPLY%?} * 60)) ;;
        +([0-9])[hH]) REPLY=$((10#${REPLY%?} * 3600)) ;;
      esac
      ;;
    allow* | deny*) [[ $1 == *@(users|groups) ]] || REPLY=${REPLY,,} ;;
    *) REPLY=${REPLY,,} ;;
  esac
  [[ $REPLY != without-password ]] || REPLY=prohibit-password
}

# Reads a file as sshd does: the first value of an option counts, an Include stands where it is, and a Match lasts until
# the next one or the end of its file.
sshd_file() {
  local line option value pattern patterns path number=0 match=$2 depth=$3
  SSHD_FILES+=("$1")
  while read -r line || [[ -n $line ]]; do
    number=$((number + 1))
    [[ -z $line || $line == '#'* ]] && continue
    [[ $line != '"'* ]] || line=${line//\"/}
    option=${line%%[[:space:]=]*}
    trimmed "${line#"$option"}"
    trimmed "${REPLY#=}"
    value=$REPLY
    option=${option,,}
    case $option in
      match)
        match=$value
        SSHD_MATCHES+="$value;"
        [[ ${value,,} == all ]] && match='all of them'
        ;;
      include)
        read -ra patterns <<<"$value"
        for pattern in "${patterns[@]}"; do
          pattern=${pattern//\"/}
          [[ $pattern == /* ]] || pattern=/etc/ssh/$pattern
          [[ $pattern != *[*?]* ]] || SSHD_FOLDERS+=("$ROOT${pattern%/*}")
          # shellcheck disable=SC2231 # a pattern on purpose
          for path in "$ROOT"$pattern; do
            ((depth > 15)) || [[ ! -r $path ]] || sshd_file "$path" "$match" $((depth + 1))
          done
        done
        ;;
      *)
        [[ $option == @(challengeresponse|skey)authentication ]] && option=kbdinteractiveauthentication
        sshd_value "$option" "$value"
        if [[ -n $match ]]; then
          SSHD_MATCH[$option]+="$REPLY ${1#"$ROOT"}:$number Match $match"$'\n'
        elif [[ -z ${SSHD_FIRST[$option]+x} ]]; then
          SSHD_FIRST[$option]=$REPLY SSHD_AT[$option]=${1#"$ROOT"}:$number
        fi
        ;;
    esac
  done <"$1"
}

# Users who can log in, root and nobody in particular first. One call of sshd is enough where no Match tells users apart.
sshd_users() {
  local user id shell
  SSHD_USERS=(root)
  [[ -n $SSHD_MATCHES ]] || return 0
  SSHD_USERS+=(plumbline-nobody)
  while IFS=: read -r user _ id _ _ _ shell; do
    [[ $shell == */@(nologin|false|sync|shutdown|halt) || $user == root ]] && continue
    [[ $user =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]*$ && $id =~ ^[0-9]+$ ]] || continue
    SSHD_USERS+=("$user")
    # A host with hundreds of accounts must not take minutes; Match blocks are also read line by line.
    ((${#SSHD_USERS[@]} < 50)) || return 0
  done <"$ROOT/etc/passwd"
}

# What sshd says for a user, under a name of that and of the start: $1 name, $2 user, $3 start.
sshd_says() {
  local option value key line=0 first='' arguments
  read -ra arguments <<<"$3"
  while read -r option value; do
    line=$((line + 1)) first=${first:-$option $value}
    if [[ $option == /* || $option == *: || $option == sshd* ]]; then
      SSHD_ERROR=${SSHD_ERROR:-$option $value}
      continue
    fi
    sshd_value "$option" "$value"
    key="$1 $option"
    # Some options have a line for each of their values.
    [[ -n ${SSHD[$key]+x} ]] && REPLY="${SSHD[$key]} $REPLY"
    SSHD[$key]=$REPLY
  done < <(in_root /usr/sbin/sshd -T "${arguments[@]}" \
    -C "user=$2,$ANYWHERE" 2>&1)
  SSHD_ERROR=${SSHD_ERROR:-${first:-it says nothing}}
  SSHD_ERROR=${SSHD_ERROR%$'\r'}
  ((line > 20)) && SSHD_ERROR=''
}

# A service that restarts takes /run/sshd away for a moment, and whoever edits a file may not be done.
read_sshd() {
  local try
  for try in 0.2 0.5 ''; do
    ask_sshd
    [[ -n $SSHD_ERROR && -n $try ]] || return
    sleep "$try"
  done
}

ask_sshd() {
  local start user by='' names=() file read=' '
  SSHD_FILES=() SSHD_FOLDERS=() SSHD=() SSHD_FIRST=() SSHD_AT=() SSHD_MATCH=() SSHD_ERROR='' SSHD_MATCHES=''
  if [[ ! -r $ROOT/etc/ssh/sshd_config ]]; then
    SSHD_ERROR='/etc/ssh/sshd_config cannot be read' && return
  fi
  # Where ssh.socket waits for a first session, Debian's sshd -T fails for want of this folder alone.
  [[ -z ${FACT[debian]-} || -d $ROOT/run/sshd ]] || install -d -m 755 "$ROOT/run/sshd"
  sshd_arguments
  for start in "${SSHD_STARTS[@]}"; do
    file=/etc/ssh/sshd_config
    [[ ! $start =~ \ -f\ ?([^\ ]+) ]] || file=${BASH_REMATCH[1]}
    [[ $read != *" $file "* ]] || continue
    read+="$file "
    [[ ! -r $ROOT$file ]] || sshd_file "$ROOT$file" '' 0
  done
  sshd_users
  for start in "${SSHD_STARTS[@]}"; do
    # The first is the usual one.
    ((${#names[@]} == 0)) || by=" by sshd$start"
    for user in "${SSHD_USERS[@]}"; do
      names+=("$user$by")
      sshd_says "$user$by" "$user" "$start"
      [[ -z $SSHD_ERROR ]] || return
    done
  done
  SSHD_USERS=("${names[@]}")
}

# What a reader needs of a value: of a list that should have none of some items, those that it has.
sshd_shown() {
  local each
  REPLY=$1
  [[ $2 == -* ]] || return 0
  REPLY=
  local IFS=,
  for each in ${2#-}; do
    [[ ,$1, == *",$each,"* ]] && REPLY+="${REPLY:+,}$each"
  done
}

# Why an option is not as wanted, in REPLY, or nothing; SSHD_E is the value in effect. $1 option, $2 check, $3 wanted.
judge_sshd() {
  local option=${1,,} user value line why=''
  SSHD_E=${SSHD["root $option"]}
  for user in "${SSHD_USERS[@]}"; do
    value=${SSHD["$user $option"]-}
    meets "$value" "$2" && continue
    sshd_shown "$value" "$2"
    SSHD_E=$REPLY why="$1 is $REPLY"
    if [[ $user == *' by '* ]]; then
      why+=" for $user"
    elif [[ -z ${SSHD_FIRST[$option]+x} ]]; then
      why+=' by default'
    elif meets "${SSHD_FIRST[$option]}" "$2"; then
      # Without a block for it an argument of the daemon says so, or an option whose last line counts (MaxStartups of OpenSSH 9.2).
      [[ -z ${SSHD_MATCH[$option]+x} ]] || why+=" for $user"
    else
      why+=", says ${SSHD_AT[$option]}"
    fi
    break
  done
  # A Match by address, too, that no user meets here.
  while [[ -z $why || $why == *" for "* ]] && read -r value line; do
    [[ -z $value ]] || meets "$value" "$2" || { why="${why:-$1 is $value} by $line" SSHD_E=$value && break; }
  done <<<"${SSHD_MATCH[$option]-}"
  REPLY=${why:+$why, wanted $3}
}

audit_sshd() {
  local setting name check seen='' why='' failing=''
  unread sshd && read_sshd
  if [[ -n $SSHD_ERROR ]]; then
    unknown "sshd -T: $SSHD_ERROR" && return
  fi
  for setting in "$@"; do
    read -r name check _ <<<"$setting"
    if [[ -z ${SSHD["root ${name,,}"]+x} ]]; then
      unknown "this sshd does not say its $name" && return
    fi
    wanted "$check"
    judge_sshd "$name" "$check" "$REPLY"
    [[ -z $REPLY || -n $why ]] || failing=$SSHD_E why=$REPLY
    [[ " $seen " == *" $SSHD_E "* ]] || seen+="${seen:+ }$SSHD_E"
  done
  if [[ -n $why ]]; then
    fail "$failing" false "$why"
  elif [[ -n $SSHD_OTHERS ]]; then
    unknown "another SSH server runs: $SSHD_OTHERS"
  else
    pass "$seen"
  fi
}
