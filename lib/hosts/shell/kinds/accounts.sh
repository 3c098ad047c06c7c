# shellcheck shell=bash
# needs: kinds/listed kinds/setting
# accounts root|-p|-s|docker: who else has the number of root, whose password is empty or not shadowed, which account of
# the system has a shell, who is in the group docker. -p and -s are the options of usermod that put it right.

# Their names in FOUND.
# shellcheck disable=SC2016 # awk's own
find_accounts() {
  local min program files=(passwd)
  FOUND=()
  case $1 in
    root) program='$3 ~ /^0+$/ && $1 != "root"' ;;
    -p) program='$2 == "" || NF == 7 && $2 !~ /^[x*!]/' files+=(shadow) ;;
    -s) program='$3 < min && $1 !~ /^(root|sync|shutdown|halt)$/ && $7 !~ /\/(nologin|false)$/' ;;
    docker) program='NF == 4 && $1 == "docker" { id = $3; if ($4) print $4 } NF == 7 && $4 == id' files=(group passwd) ;;
  esac
  setting UID_MIN login.defs
  [[ $REPLY =~ ^[0-9]+$ ]] && min=$REPLY
  REPLY=$(cd "$ROOT/etc" && awk -F: -v "min=${min:-1000}" "$program { print \$1 }" "${files[@]}" 2>/dev/null) || return
  [[ -z $REPLY ]] || mapfile -t FOUND <<<"$REPLY"
}

audit_accounts() {
  if find_accounts "$1"; then listed "$2" "${FOUND[@]}"; else unknown 'the lists of accounts cannot be read'; fi
}
