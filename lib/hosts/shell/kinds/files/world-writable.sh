# shellcheck shell=bash
# needs: kinds/listed
# What everybody may write to: files and folders of /etc, and what is no more than that of folders for all, which need the sticky bit.

world_writable() {
  mapfile -d '' FOUND < <({
    find "$ROOT/etc" -xdev '(' -type f -o -type d ! -perm -1000 ')' -perm -2 -print0
    find "$ROOT"/{tmp,var/tmp,dev/shm} -maxdepth 0 ! -type l -perm -2 ! -perm -1000 -print0
  } 2>/dev/null)
  FOUND=("${FOUND[@]#"$ROOT"}")
}

audit_world_writable() {
  world_writable
  listed 'everybody may write to' "${FOUND[@]}"
}
