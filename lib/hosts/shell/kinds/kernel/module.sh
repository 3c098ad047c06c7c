# shellcheck shell=bash
# needs: conf-files
# module <name>…: a kernel module that is not loaded and cannot be: modprobe runs /bin/false or the like instead.

read_modprobe() {
  local path line command module rest seen=' '
  MODPROBE=' '
  conf_files modprobe.d
  for path in ${CONF_FILES[@]+"${CONF_FILES[@]}"}; do
    while read -r line || [[ -n $line ]]; do
      read -r command module rest <<<"$line"
      module=${module//-/_}
      # A blacklist only keeps it from being loaded by itself. Of several commands the first counts, and a shell runs it.
      [[ $command == install && $seen != *" $module "* ]] || continue
      seen+="$module "
      [[ $rest =~ ^/(usr/)?s?bin/(false|true)[[:space:]]*(#.*)?$ ]] && MODPROBE+="$module "
    done <"$path"
  done
  read -r REPLY <"$ROOT/proc/sys/kernel/osrelease"
  MODULES=$ROOT/lib/modules/$REPLY
  LOADED=' '
  while read -r module _; do LOADED+="$module "; done <"$ROOT/proc/modules"
  # What is part of the kernel is never loaded, and no command is run for it.
  while read -r module; do
    module=${module##*/}
    module=${module%.ko}
    LOADED+="${module//-/_} "
  done <"$MODULES/modules.builtin"
} 2>/dev/null

# Whether the kernel has a module at all; modules.dep and modules.builtin name a file for each.
module_exists() {
  local file=''
  [[ -r $MODULES/modules.dep ]] || return 0
  # An underscore of the name may be a dash in the file's.
  file=$(grep -Elm1 "(^|/)${1//_/[-_]}\\.ko([.:]|\$)" "$MODULES/modules.dep" "$MODULES/modules.builtin" 2>/dev/null)
  [[ -n $file ]]
}

audit_module() {
  local module loaded='' open='' there=''
  unread modprobe && read_modprobe
  for module in "$@"; do
    module=${module//-/_}
    [[ $LOADED == *" $module "* ]] && loaded+="${loaded:+ }$module"
    [[ $MODPROBE == *" $module "* ]] && there=1 && continue
    module_exists "$module" && open+="${open:+ }$module"
  done
  if [[ -n $loaded ]]; then
    fail loaded "$([[ -z $open ]] && echo true || echo false)" "loaded: $loaded${open:+; may be loaded: $open}"
  elif [[ -n $open ]]; then
    fail loadable false "may be loaded: $open"
  elif [[ -n $there ]]; then
    pass blocked
  else
    na 'this kernel has none of these modules'
  fi
}
