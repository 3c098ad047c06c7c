# Puts plain files in the place of the kernel's values that are the whole machine's, so that a test can set them.
# $1 is the root. Those of the network are the host's own already, but for what only the machine's own network has.
stand_ins() {
  mkdir -p "$1/run/plumbline-values"
  mount -t tmpfs -o mode=755 values "$1/run/plumbline-values" || return
  for part in kernel fs vm dev net/core; do
    copy="$1/run/plumbline-values/$part"
    mkdir -p "$copy"
    # Some can only be written, and some have nothing to say: they are left out.
    cp -r --no-preserve=all "$1/proc/sys/$part/." "$copy" 2>/dev/null
    [ "$part" != net/core ] || [ -e "$copy/bpf_jit_harden" ] || echo 0 >"$copy/bpf_jit_harden"
    mount --bind "$copy" "$1/proc/sys/$part" || return
  done
  umount --lazy "$1/run/plumbline-values"
  rmdir "$1/run/plumbline-values"
}
