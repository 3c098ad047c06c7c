# shellcheck shell=bash
# needs: kinds/listed kinds/setting
# accounts root|-p|-s|docker: who else has the number of root, whose password is empty or not shadowed, which account of
# the system has a shell, who is in the group docker. -p and -s are the options of usermod that put it right.

# Their names in FOUND. libnss-extrausers keeps more of them below /var/lib.
# shellcheck disable=SC2016 # awk's own
find_accounts() {
  local min program files=({/etc,/var/lib/extrausers}/passwd)
  FOUND=()
  case $1 in
    # As strtoul reads a number.
    root) program='$3 ~ /^[ \t]*[-+]?0+$/ && $1 != "root"' ;;
    -p) program='$2 == "" || FILENAME ~ /passwd$/ && $2 !~ /^(x$|[*!])/' files+=({/etc,/var/lib/extrausers}/shadow) ;;
    -s) program='($3 < min || $1 == "nobody") && $1 != "root" && $7 !~ /^(\/usr)?\/s?bin\/(nologin|false|sync|shutdown|halt)$/' ;;
    # The group is its number, under whatever name.
    docker)
      files=(/etc/group /etc/group /etc/passwd)
      program='FILENAME == ARGV[1] && FNR == NR { if ($1 == "docker") id = $3; next } NF == 4 && $3 == id && $4 { print $4 } FILENAME ~ /passwd$/ && $4 == id'
      ;;
  esac
  setting UID_MIN login.defs
  [[ $REPLY =~ ^[0-9]+$ ]] && min=$REPLY
  for REPLY in "${!files[@]}"; do
    [[ ${files[REPLY]} == /etc/* || -e $ROOT${files[REPLY]} ]] || unset "files[$REPLY]"
  done
  REPLY=$(awk -F: -v "min=${min:-1000}" "$program { print \$1 }" "${files[@]/#/$ROOT}" 2>/dev/null) || return
  [[ -z $REPLY ]] || mapfile -t FOUND <<<"$REPLY"
}

audit_accounts() {
  if find_accounts "$1"; then listed "$2" "${FOUND[@]}"; else unknown 'the lists of accounts cannot be read'; fi
}
