# shellcheck shell=bash
# needs: kinds/processes
# How sshd was started, and how it will be.
# shellcheck disable=SC2034 # kinds/sshd reads them
SSHD_STARTS=() SSHD_OTHERS=''

# Lines of files of systemd: one that ends with a backslash goes on, and blanks may stand around the name.
sshd_lines() { sed -E -e ':a' -e '/\\$/{N;s/\\\n/ /;ba' -e '}' -e 's/^\s+//;s/^(\w+)\s*=\s*/\1=/' "$@" 2>/dev/null; }

# The lines of units and of tables that start a daemon, and of what gives them variables; a unit of /etc hides the one of its name.
sshd_unit_lines() {
  local each folder units=() files folders=("$ROOT"/{usr/lib,lib,usr/local/lib,run,etc}/systemd/system/)
  for folder in "${folders[@]}"; do
    for each in "$folder"*.service{,.d/*.conf}; do
      [[ $each != *.d/* && $each != "$ROOT"/etc/* && -e $ROOT/etc/systemd/system/${each##*/} ]] || units+=("$each")
    done
  done
  mapfile -t files < <(grep -lEs '^\s*ExecStart\s*=.*sshd' "${units[@]}" /dev/null)
  for each in "${folders[@]}"; do files+=("$each"{ssh*.service,service}.d/*.conf); done
  for each in "$ROOT"/etc/{default/ssh,sysconfig/sshd} "${files[@]}" "$ROOT"/etc/systemd/system.conf{,.d/*.conf}; do [[ ! -f $each ]] || sshd_lines "$each"; done
  sed -nE 's/[;&|>].*//;s/^([^#]*\s)?(\/\S*\/sshd)(\s+sshd)?(\s|$)/ExecStart=\2 /p' "$ROOT"/etc/{inetd.conf,rc.local,crontab,cron.d/*} 2>/dev/null
}

# One start of a daemon, of the words of its command line: each -o, -f and the like once, in the form "-o name=value".
sshd_start() {
  local words=() start='' value
  read -ra words <<<"${1//[\"\'\\]/}"
  set -- "${words[@]}"
  while (($#)); do
    # Letters that take no value may stand in one word with others.
    [[ $1 != -[DdeiqtT46]?* ]] || set -- "${1:0:2}" "-${1:2}" "${@:2}"
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
  for each in "$ROOT"/etc/systemd/system/*.wants/@(dropbear|tinyssh)*; do SSHD_OTHERS=${each#"$ROOT"}; done
  while IFS= read -r line; do
    case $line in
      # Looking a name up takes bash the square of the length of what it looks in.
      ['#;[']*) ;;
      ExecStart=*([-@:+!|])sshd?(' '*)) commands+=${line#*sshd}$'\n' ;;
      ExecStart=*/sshd?(' '*))
        commands+=${line#*/sshd}$'\n'
        # A build of somebody's own has files of its own.
        each=${line%%/sshd*}/sshd
        each=$ROOT/${each#*/}
        [[ $each == *[[:space:]]* || ! -e $each || $each -ef $ROOT/usr/sbin/sshd ]] || SSHD_OTHERS=${line#*=}
        ;;
      # A file goes before what the unit itself says, and that before what all units get.
      ?(Default)Environment=*) variables=$'\n'$(xargs -n1 <<<"${line#*=}" 2>/dev/null)$variables ;;
      EnvironmentFile=*)
        line=${line#*=}
        # shellcheck disable=SC2086 # a pattern on purpose
        variables+=$(sshd_lines "$ROOT"${line#-})$'\n'
        ;;
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
