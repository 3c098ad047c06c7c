# shellcheck shell=bash
# Processes of this host, not of its containers, which have a root of their own.

# processes <name>…: "<number> <program> <command line>" of each process of one of these names, in PROCESSES. The program is
# what the kernel says; the name and the command line are what a process says of itself.
processes() {
  local folder name words=()
  PROCESSES=()
  for folder in "$ROOT"/proc/[0-9]*; do
    read -r name <"$folder/comm" && [[ " $* " == *" $name "* ]] || continue
    [[ ! -e $folder/root || $folder/root -ef ${ROOT:-/} ]] || continue
    mapfile -d '' -t words <"$folder/cmdline"
    name=$(readlink "$folder/exe")
    name=${name% (deleted)}
    # One that has ended and waits for its parent has neither.
    [[ -n $name${words[*]} ]] || continue
    PROCESSES+=("${folder##*/} ${name:--} ${words[*]}")
  done
} 2>/dev/null
