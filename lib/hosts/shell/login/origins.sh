# shellcheck shell=bash
# needs: kinds/sshd login
# From where somebody comes whom a Match block means.

# shellcheck disable=SC2034 # so that those of the judge stay as they are
match_origins() {
  local SSHD_MATCHES='' block origin
  local -A SSHD_FIRST=() SSHD_AT=() SSHD_MATCH=()
  sshd_arguments
  [[ ! -r $ROOT/etc/ssh/sshd_config ]] || sshd_file "$ROOT/etc/ssh/sshd_config" '' 0
  while read -r -d ';' block; do
    match_origin "$block"
    origin=$REPLY
    [[ " ${ORIGINS[*]} " == *" $origin "* ]] || ORIGINS+=("$origin")
  done <<<"$SSHD_MATCHES"
}

# An origin that meets the criteria of a Match line, as -C of sshd takes it.
match_origin() {
  local words word
  local -A from=([host]=plumbline.invalid [address]=203.0.113.7 [localaddress]=127.0.0.1 [localport]=22)
  read -ra words <<<"${1//[\"=]/ }"
  while ((${#words[@]})); do
    word=${words[1]-}
    case ${words[0],,} in
      user) MATCHED_USERS+=" ${word//,/ }" ;;
      group) MATCHED_GROUPS+=" ${word//,/ }" ;;
      host | *address | localport) if pattern_example "$word"; then from[${words[0],,}]=$REPLY; fi ;;
      all | canonical | final) words=("${words[0]}" "${words[@]}") ;;
    esac
    words=("${words[@]:2}")
  done
  REPLY="host=${from[host]},addr=${from[address]},laddr=${from[localaddress]},lport=${from[localport]}"
}

# One name or address that a list of patterns means.
pattern_example() {
  local each
  for each in ${1//,/ }; do
    [[ $each != @('!'*|'*') ]] || continue
    REPLY=${each%/*}
    REPLY=${REPLY//[*?]/1}
    [[ $each != +([0-9]).*\** ]] || while [[ $REPLY != *.*.*.* ]]; do REPLY+=.1; done
    return
  done
  return 1
}
