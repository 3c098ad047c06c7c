# shellcheck shell=bash
# Before the rollback is armed, and never taken back: a package that is gone again would leave more behind than one that is there.
install_packages() {
  if in_root test -x /usr/bin/apt-get; then
    in_root timeout 300 apt-get -q -o DPkg::Lock::Timeout=120 update </dev/null 3>&- 9>&- || true
    in_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l timeout 900 apt-get -y -q -o DPkg::Lock::Timeout=120 \
      -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install --no-install-recommends "${PACKAGES[@]}"
  else
    in_root timeout 900 dnf -y -q --setopt=install_weak_deps=False install "${PACKAGES[@]}"
  fi </dev/null 3>&- 9>&- || finish refused "install_failed:${PACKAGES[*]}"
  # More controls apply than before.
  FACT=() TODO=() PACKAGES=()
  find_facts
  run_phase plan
}
