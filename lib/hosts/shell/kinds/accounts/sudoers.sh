# shellcheck shell=bash
# needs: kinds/file
# Files and folders that the rules bring in from elsewhere.
included_sudoers() {
  local path
  INCLUDED=()
  while read -r path; do
    path=${path//[\"\\]/}
    [[ $path == /* ]] || path=/etc/$path
    path=${path//%h/*} path=${path%/}
    [[ $path == /etc/sudoers.d || $path != /+([-A-Za-z0-9_.,@+/*]) ]] || INCLUDED+=("$path" "$path/*")
  done < <(sed -nE 's/^[[:space:]]*[#@]include(dir)?[[:space:]]+//p' "$ROOT"/etc/sudoers "$ROOT"/etc/sudoers.d/* 2>/dev/null)
}

audit_sudoers() {
  if [[ -e $ROOT/etc/sudoers ]] && ! in_root visudo -cqf /etc/sudoers >/dev/null 2>&1; then
    fail invalid false 'visudo -c rejects /etc/sudoers'
  else
    included_sudoers
    # Of a folder the bits that let others look into it are none too many.
    audit_file "$@" "${INCLUDED[@]/%/ 755 root:root}"
  fi
}
