# shellcheck shell=bash
# jail <name> '<setting> <check> <target>'…: what fail2ban does now, and what its files say for the next start.

# Answers of the server, one "<setting> <value>" a line; one client for all, each start of Python takes a while.
jail_says() {
  local each
  for each in "${@:2}"; do echo "get $1 $each"; done | in_root fail2ban-client -i 2>/dev/null | grep -Eo -e '-?[0-9]+$'
}

# Whom the server never bans.
jail_ignores() { in_root fail2ban-client get "$1" ignoreip 2>/dev/null; }

# A network among some addresses that is so wide that nobody is left to ban, in REPLY.
too_wide() {
  local each words
  read -d '' -ra words <<<"$1"
  for each in "${words[@]}"; do
    REPLY=$each
    case $each in
      # What is never routed: one's own network, and the link.
      [fF][cCdD]*:*/* | [fF][eE]80:*/*) ;;
      */0* | *:*/@(?|1[0-5]) | +([0-9.])/[1-7]) return ;;
    esac
  done
  return 1
}

# A ban without an end is longer than any.
jail_meets() { [[ $1:$2 == bantime:-1 ]] || meets "$2" "$3"; }

seconds_of() {
  local -A unit=([s]=1 [m]=60 [h]=3600 [d]=86400 [w]=604800)
  REPLY=${1// /}
  [[ ! $REPLY =~ ^([0-9]{1,9})(s|m|min|h|d|w)$ ]] || REPLY=$((10#${BASH_REMATCH[1]} * ${unit[${BASH_REMATCH[2]::1}]}))
}

# What the files say of a jail, in JAIL; its own section goes before the defaults, later files before earlier ones.
read_jail() {
  local path line section='' key
  local -A own=()
  JAIL=()
  for path in "$ROOT"/etc/fail2ban/{jail.conf,jail.d/*.conf,jail.local,jail.d/*.local}; do
    key=''
    while IFS= read -r line || [[ -n $line ]]; do
      [[ $line =~ ^\[([^]]+)\] ]] && section=${BASH_REMATCH[1]} key='' && continue
      if [[ $line =~ ^([a-z.]+)[[:space:]]*[=:][[:space:]]*([^#]*) ]]; then
        key=${BASH_REMATCH[1]}
        trimmed "${BASH_REMATCH[2]}"
      else
        # What begins with a blank goes on with the line before.
        [[ -n $key && $line == [[:space:]]*[^[:space:]]* && $line != *([[:space:]])[\#\;]* ]] || continue
        trimmed "$line"
        [[ $section == DEFAULT ]] && line=${JAIL[$key]-} || line=${own[$key]-}
        trimmed "$line $REPLY"
      fi
      case $section in
        DEFAULT) JAIL[$key]=$REPLY ;;
        "$1") own[$key]=$REPLY ;;
      esac
    done < <(cat "$path" 2>/dev/null)
  done
  for key in "${!own[@]}"; do JAIL[$key]=${own[$key]}; done
}
declare -A JAIL=()

audit_jail() {
  local jail=$1 setting name check names=() values=() seen='' index=0
  for setting in "${@:2}"; do names+=("${setting%% *}"); done
  mapfile -t values < <(jail_says "$jail" "${names[@]}")
  read_jail "$jail"
  if ((${#values[@]} != ${#names[@]})); then
    fail off "$([[ ${JAIL[enabled]-} == true ]] && echo true || echo false)" "fail2ban has no jail $jail that runs" && return
  fi
  for setting in "${@:2}"; do
    read -r name check _ <<<"$setting"
    wanted "$check"
    if ! jail_meets "$name" "${values[index]}" "$check"; then
      fail "${values[index]}" false "$name is ${values[index]}, wanted $REPLY" && return
    fi
    seen+="${seen:+ }${values[index]}"
    index=$((index + 1))
    seconds_of "${JAIL[$name]-}"
    if ! jail_meets "$name" "$REPLY" "$check"; then
      fail "$seen" false "the files say $name ${JAIL[$name]-nothing}: the next start has it" && return
    fi
  done
  if [[ ${JAIL[enabled]-} != @([Tt]rue|yes|on|1) ]]; then
    fail "$seen" false "no file enables the jail $jail" && return
  elif too_wide "$(jail_ignores "$jail")"; then
    fail "$seen" false "never banned: $REPLY" && return
  elif too_wide "${JAIL[ignoreip]-}"; then
    fail "$seen" false "the files say ignoreip $REPLY: the next start has it" && return
  elif [[ ${JAIL[ignorecommand]-} == ?(/usr)/bin/true* ]]; then
    fail "$seen" false 'ignorecommand says yes to everybody' && return
  elif [[ ${JAIL[action]-x} == @(|dummy*) || ${JAIL[banaction]-x} == @(|dummy*|noaction*) ]]; then
    fail "$seen" false 'its action bans nobody' && return
  fi
  pass "$seen"
}
