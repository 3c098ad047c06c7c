# shellcheck shell=bash
# needs: kinds/processes
# How sshd was started, and how it will be.
# shellcheck disable=SC2034 # kinds/sshd reads them
SSHD_STARTS=() SSHD_OTHERS=''

# The lines of units that start a daemon, and of what gives them variables.
sshd_unit_lines() {
  local folder units=() files
  for folder in "$ROOT"/{usr/lib,lib,run,etc}/systemd/system; do
    units+=("$folder"/*.service{,.d/*.conf})
  done
  mapfile -t files < <(grep -lEs '^ExecStart=[-@:+!|]*/[^ ]*sshd( |$)' "${units[@]}" /dev/null)
  cat "$ROOT"/etc/{default/ssh,sysconfig/sshd} "${files[@]}" "$ROOT"/{usr/lib,run,etc}/systemd/system/ssh*.service.d/*.conf /dev/null
} 2>/dev/null

# One start of a daemon, of the words of its command line: each -o, -f and the like once, in the form "-o name=value".
sshd_start() {
  local words=() start='' value
  read -ra words <<<"${1//[\"\'\\]/}"
  set -- "${words[@]}"
  while (($#)); do
    case $1 in
      '['*) break ;;
      -o | -o*)
        value=${1#-o}
        [[ -n $value ]] || { value=${2-} && shift; }
        # An argument with a blank is two words here.
        [[ $value == *=* ]] || { value+=${2+=$2} && shift; }
        start+=" -o $value"
        ;;
      -[bcfghkpuE]) start+=" $1 ${2-}" && shift ;;
      -[Ddeit]) ;;
      -*) start+=" $1" ;;
    esac
    shift
  done
  for value in "${SSHD_STARTS[@]}"; do [[ $value != "$start" ]] || return 0; done
  SSHD_STARTS+=("$start")
}

# The words that the usual start gives it.
# shellcheck disable=SC2034 # for whoever else asks sshd
sshd_arguments() {
  sshd_starts
  read -ra SSHD_ARGUMENTS <<<"${SSHD_STARTS[0]-}"
}

# How sshd was started and will be, in SSHD_STARTS; an SSH server that is not judged here in SSHD_OTHERS. What stands on a
# command line goes before every file.
sshd_starts() {
  local each line number program commands='' variables=$'\n'
  SSHD_STARTS=() SSHD_OTHERS=''
  processes sshd dropbear
  for each in "${PROCESSES[@]}"; do
    read -r number program line <<<"$each"
    # A session calls itself "sshd: alice@pts/0".
    [[ $line != 'sshd: '[!/]* ]] || continue
    if [[ $program == /usr/sbin/sshd && -O $ROOT/proc/$number ]]; then sshd_start "${line#*/sshd}"; else SSHD_OTHERS=$line; fi
  done
  while IFS= read -r line; do
    case $line in
      ExecStart=*/sshd?(' '*)) commands+=${line#*/sshd}$'\n' ;;
      # A file goes before what the unit itself says.
      Environment=*) line=${line#*=} variables=$'\n'${line#[\"\']}$variables ;;
      EnvironmentFile=*) line=${line#*=} variables+=$(cat "$ROOT${line#-}" 2>/dev/null)$'\n' ;;
      *) variables+=$line$'\n' ;;
    esac
  done < <(sshd_unit_lines)
  while IFS= read -r line; do
    # shellcheck disable=SC2016 # the names of variables
    while [[ $line =~ [$]'{'?([A-Za-z_]+)'}'? ]]; do
      each=${variables##*$'\n'"${BASH_REMATCH[1]}="}
      [[ $each != "$variables" ]] || each=''
      each=${each%%$'\n'*}
      line=${line/"${BASH_REMATCH[0]}"/${each//$/}}
    done
    sshd_start "$line"
  done <<<"${commands%$'\n'}"
}
