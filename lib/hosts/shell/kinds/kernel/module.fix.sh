# shellcheck shell=bash
# needs: kinds/module
# A module that is in use is left alone, and so are those that block it not yet.

MODULES_OURS=/etc/modprobe.d/plumbline.conf

fix_module() {
  local module modules=()
  for module in "$@"; do
    module=${module//-/_}
    [[ $LOADED == *" $module "* ]] && { refuse "$CONTROL" "in_use:$module" || return; }
    [[ $MODPROBE == *" $module "* ]] || modules+=("install $module /bin/false")
  done
  {
    cat "$ROOT$MODULES_OURS" 2>/dev/null || echo '# Written by Plumbline; changed by it only.'
    printf '%s\n' ${modules[@]+"${modules[@]}"}
  } | own_file "$MODULES_OURS" 644 root:root
}
