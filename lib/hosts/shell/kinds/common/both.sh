# shellcheck shell=bash
# both <value> <why not now> <why not after a boot>: the verdict, where each is empty if all is well.
both() {
  if [[ -z $2$3 ]]; then
    pass "$1"
  else
    [[ -n $2 && -z $3 ]] && REPLY=true || REPLY=false
    fail "$1" "$REPLY" "${2:-$3}"
  fi
}
