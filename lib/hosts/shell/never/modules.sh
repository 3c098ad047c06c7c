# shellcheck shell=bash
# Kernel modules that something here lives on.
allowed_modules() {
  local name
  while read -r name; do
    REPLY=in_use:$name
    case $name in
      squashfs | loop) [[ -z ${FACT[snap]-} ]] ;;
      vfat | fat | nls_*) [[ -z ${FACT[uefi]-} ]] ;;
      overlay | br_netfilter | veth | bridge | ip_tables | nf_*) [[ -z ${FACT[containers]-}${FACT[kubernetes]-} ]] ;;
      ext4 | xfs | nvme | ena | virtio* | xen*) false ;;
      *) [[ ! -e $ROOT/sys/module/${name//-/_}/refcnt ]] || [[ $(<"$ROOT/sys/module/${name//-/_}/refcnt") == 0 ]] ;;
    esac || return 1
  done < <(added "$1" "$2" | awk '$1 == "install" || $1 == "blacklist" { print $2 }')
}
