# shellcheck shell=bash
# needs: kinds/listed kinds/setting
# accounts root|-p|-s|docker: who else has the number of root, whose password is empty or not shadowed, which account of
# the system has a shell, who is in the group docker. -p and -s are the options of usermod that put it right.

# The groups that dockerd gives its socket to, each between blanks.
socket_groups() {
  (
    cd "$ROOT/etc" && printf ' docker '
    sed -nE 's/.*"group"\s*:\s*"([^"]+)".*/\1 /p' docker/daemon.json
    sed -nE 's/^\s*SocketGroup\s*=\s*(\S+).*/\1 /p' systemd/system/docker.socket systemd/system/docker.socket.d/*.conf
  ) 2>/dev/null | tr '\n' ' '
}

# Their names in FOUND. libnss-extrausers keeps more of them below /var/lib.
# shellcheck disable=SC2016 # awk's own
find_accounts() {
  local min program groups='' files=({/etc,/var/lib/extrausers}/passwd)
  FOUND=()
  case $1 in
    # As strtoul reads a number.
    root) program='$3 ~ /^[ \t]*[-+]?0+$/ && $1 != "root"' ;;
    -p) program='$2 == "" || FILENAME ~ /passwd$/ && $2 !~ /^(x$|[*!])/' files+=({/etc,/var/lib/extrausers}/shadow) ;;
    -s) program='($3 < min || $1 == "nobody") && $1 != "root" && $7 !~ /^(\/usr)?\/s?bin\/(nologin|false|sync|shutdown|halt)$/' ;;
    # The group is its number, under whatever name.
    docker)
      files=(/etc/group /etc/group /etc/passwd)
      groups=$(socket_groups)
      program='FILENAME == ARGV[1] && FNR == NR { if (index(groups, " " $1 " ")) ids[$3]; next } NF == 4 && $3 in ids && $4 { print $4 } FILENAME ~ /passwd$/ && $4 in ids'
      ;;
  esac
  setting UID_MIN login.defs
  [[ $REPLY =~ ^[0-9]+$ ]] && min=$REPLY
  for REPLY in "${!files[@]}"; do
    [[ ${files[REPLY]} == /etc/* || -e $ROOT${files[REPLY]} ]] || unset "files[$REPLY]"
  done
  REPLY=$(awk -F: -v "min=${min:-1000}" -v "groups=$groups" "$program { print \$1 }" "${files[@]/#/$ROOT}" 2>/dev/null) || return
  [[ -z $REPLY ]] || mapfile -t FOUND <<<"$REPLY"
}

audit_accounts() {
  if find_accounts "$1"; then listed "$2" "${FOUND[@]}"; else unknown 'the lists of accounts cannot be read'; fi
}
