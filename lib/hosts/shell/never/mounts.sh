# shellcheck shell=bash
allowed_mounts() {
  local target options
  REPLY=ssm_noexec
  while read -r _ target _ options _; do
    [[ ,$options, != *,noexec,* || /var/lib/amazon/ssm/ != "${target%/}"/* ]] || return 1
  done < <(grep -Ev '^[[:space:]]*(#|$)' "$2")
  REPLY=fstab_rejected
  findmnt --verify --tab-file "$2"
}
