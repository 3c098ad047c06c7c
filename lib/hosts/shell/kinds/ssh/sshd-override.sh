# shellcheck shell=bash
# needs: kinds/sshd
# sshd takes its files, nothing takes back what the rest of the configuration says, the daemon that runs has read it, and it is the only one.

# When sshd last started or reloaded, in seconds; empty where it does not run and reads its files when it starts.
sshd_loaded_at() {
  local unit
  REPLY=
  for unit in ssh sshd; do
    [[ $(systemctl show -P ActiveState "$unit.service" 2>/dev/null) == active ]] || continue
    # A reload leaves ActiveEnterTimestamp as it was.
    REPLY=$(date -d "$(systemctl show -P StateChangeTimestamp "$unit.service")" +%s) && return
  done
}

# The newest file of the configuration, or the folder of drop-ins that one was taken out of: its time and its name.
sshd_newest() {
  REPLY=$(stat -Lc '%Y %n' "${SSHD_FILES[@]}" "${SSHD_FOLDERS[@]}" 2>/dev/null | sort -n | tail -n 1)
  REPLY=${REPLY/"$ROOT"/}
}

# What sshd reads, or the folder of it, that others than root may write: its name in REPLY.
sshd_writable() {
  local each paths=("${SSHD_FILES[@]}")
  for each in ${SSHD['root trustedusercakeys']-} ${SSHD['root revokedkeys']-}; do
    [[ $each != /* ]] || paths+=("$ROOT$each")
  done
  paths+=("${paths[@]%/*}" "${SSHD_FOLDERS[@]}")
  REPLY=$(find -L "${paths[@]}" -maxdepth 0 '(' ! -uid 0 -o -perm -2 -o -perm -20 ! -gid 0 ')' -print -quit 2>/dev/null)
  REPLY=${REPLY#"$ROOT"}
}

# What sshd refuses in its files, in REPLY, and not what it only warns of. A value may be a secret that somebody pasted in
# the wrong place: of what stands there only names of options are shown.
sshd_refusal() {
  REPLY=$(in_root /usr/sbin/sshd -t 2>&1 | grep -E '^/.* line [0-9]+: ' | grep -vE ': (Deprecated|Unsupported) option' | head -n 1)
  [[ ! $REPLY =~ ^/.*\ line\ [0-9]+:\ [^:\"]*[^:\"\ ](:\ [A-Z][A-Za-z]+.?$)? ]] || REPLY=${BASH_REMATCH[0]%$'\r'}
}

audit_sshd_override() {
  local pair option value line newest
  unread sshd && read_sshd
  if [[ -n $SSHD_ERROR ]]; then
    sshd_refusal
    # A daemon that runs keeps what it has read, and the next one does not start.
    [[ -z $REPLY ]] || { fail refused false "sshd refuses its files: ${REPLY:0:200}" && return; }
    unknown "sshd -T: $SSHD_ERROR" && return
  fi
  for pair in "$@"; do
    option=${pair%% *}
    while read -r value line; do
      [[ -z $value ]] || meets "$value" "^${SSHD_FIRST[${option,,}]-${SSHD["root ${option,,}"]-}}^${pair#* }" || {
        fail "$value" false "$line sets $option back to $value" && return
      }
    done <<<"${SSHD_MATCH[${option,,}]-}"
  done
  if [[ -n $SSHD_OTHERS ]]; then
    fail 'another server' false "another SSH server runs: $SSHD_OTHERS" && return
  fi
  sshd_writable
  [[ -z $REPLY ]] || { fail writable false "others than root may write $REPLY, which sshd goes by" && return; }
  if [[ -n ${FACT[systemd]-} ]]; then
    sshd_newest
    newest=$REPLY
    sshd_loaded_at
    if [[ $REPLY =~ ^[0-9]+$ && $newest =~ ^[0-9]+\  ]] && ((REPLY < ${newest%% *})); then
      fail 'not loaded' true "${newest#* } is newer than what sshd has read: reload it" && return
    fi
  fi
  pass none
}
