# shellcheck shell=bash
# needs: kinds/accounts login
# By usermod, and back by usermod where nobody changed it since.

# Nothing of sshd is changed: it is only asked for each account by itself where a Match block may tell one from others.
# There is one, or a file is included that is not where distributions have them.
match_origins() {
  local line
  while read -r line; do
    # shellcheck disable=SC2034 # read by login
    [[ $line == 'Include /etc/ssh/sshd_config.d/*.conf' ]] || MATCHED_USERS='*'
  done < <(grep -Eihs '^[[:space:]"]*(match|include)' "$ROOT/etc/ssh/sshd_config" "$ROOT"/etc/ssh/sshd_config.d/*.conf)
}

# What -p or -s of usermod sets for an account, in REPLY; DAY is when the password was set.
account_field() {
  local name password day shell
  REPLY=
  while IFS=: read -r name password day _; do
    [[ $name != "$1" || $2 != -p ]] || REPLY=$password DAY=$day
  done <"$ROOT/etc/shadow"
  while IFS=: read -r name _ _ _ _ _ shell; do
    [[ $name != "$1" || $2 != -s ]] || REPLY=$shell
  done <"$ROOT/etc/passwd"
}

fix_accounts() {
  local user id
  find_accounts "$1"
  for user in "${FOUND[@]}"; do
    [[ $user =~ ^[A-Za-z0-9_][A-Za-z0-9_.-]*[$]?$ ]] || refuse "$CONTROL" odd_name || return
    if [[ $1 == -p ]]; then
      # No "!": without PAM sshd takes that for a locked account, whatever its keys.
      lose_password "$user" && set_account "$user" -p '*' || return
    else
      id=$(in_root id -u "$user")
      [[ -z ${COULD[$user]-} ]] || refuse "$CONTROL" "locks_out:$user" || return
      [[ $id =~ ^[0-9]+$ ]] || refuse "$CONTROL" "unknown:$user" || return
      ! starts_with_shell "$user" || refuse "$CONTROL" "started_by:$REPLY" || return
      [[ -n $ROOT || -z $(find /proc -maxdepth 1 -uid "$id" -print -quit) ]] || refuse "$CONTROL" "in_use:$user" || return
      set_account "$user" -s /usr/sbin/nologin || return
    fi
  done
}

# Whether something is started by the shell of an account; REPLY is the file that does.
starts_with_shell() {
  REPLY=$(grep -Elrs "^[^#]*(\bsu\b|\b(sudo|runuser)\b.* (-i|-l|-[a-z]*i[a-z]*|--login)).*\b$1\b" "$ROOT"/etc/{cron.d,cron.daily,cron.hourly,cron.weekly,cron.monthly,crontab,init.d,rc.local,logrotate.d} \
    "$ROOT"/{etc,usr/local/lib}/systemd/system "$ROOT"/var/spool/cron)
  REPLY=${REPLY%%$'\n'*}
  REPLY=${REPLY#"$ROOT"}
  [[ -n $REPLY ]]
}

# Whether an account can do without the empty password that it has.
lose_password() {
  account_field "$1" -p
  [[ -z $REPLY ]] || refuse "$CONTROL" "not_shadowed:$1" || return
  [[ -z ${COULD[$1]-} || " ${COULD[$1]} " == *' key '* ]] || refuse "$CONTROL" "locks_out:$1" || return
  # sudo would ask for one.
  [[ $1 == root ]] || ! is_admin "$1" || refuse "$CONTROL" "administers:$1"
}

# set_account <account> <-p or -s> <new>
set_account() {
  account_field "$1" "$2"
  if [[ $DRY == yes ]]; then would "usermod $2 $3 $1" && return; fi
  journal account "$1" "$2" "$REPLY" "$3" "${DAY-}"
  in_root usermod "$2" "$3" "$1" </dev/null || refuse "$CONTROL" "failed:usermod $1"
}

# undo_account <account> <-p or -s> <before> <ours> <day of the password>
undo_account() {
  account_field "$1" "$2"
  case $REPLY in
    "$3") ;;
    "$4") in_root usermod "$2" "$3" "$1" </dev/null || left "$1 is not as it was" ;;
    *) left "$1 was changed by somebody else" && return ;;
  esac
  [[ $2 != -p ]] || in_root chage -d "${5:--1}" "$1"
}
