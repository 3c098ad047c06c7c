# shellcheck shell=bash
# What the transaction's functions do to files, without its safety: here only what a fix asks for is looked at.
shopt -s lastpipe
own_file() { mkdir -p "$ROOT${1%/*}" && cat >"$ROOT$1.new" && chmod "$2" "$ROOT$1.new" && mv "$ROOT$1.new" "$ROOT$1"; }
replace_file() { cat >"$ROOT$1.new" && chmod 600 "$ROOT$1.new" && mv "$ROOT$1.new" "$ROOT$1"; }
set_mode() { [[ $2 == - ]] || chmod "$2" "$ROOT$1"; }
set_sysctl() { printf '%s\n' "$2" >"$ROOT/proc/sys/$1"; }
activate() { :; }
refuse() { REFUSED=$2 && return 1; }
harden() {
  CONTROL=$1 REFUSED=
  applicable "$2" || return
  if ! applicable "$3"; then
    unknown "refused: $REPLY" && return
  fi
  "audit_$4" "${@:5}"
  [[ ${VERDICT[$1]} != FAIL ]] || "fix_$4" "${@:5}"
  forget
  "audit_$4" "${@:5}"
  [[ -z $REFUSED ]] || unknown "refused: $REFUSED"
}
