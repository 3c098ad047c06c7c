# shellcheck shell=bash
# Before the rollback is armed, and never taken back: a package that is gone again would leave more behind than one that is there.
install_packages() {
  local each services=()
  # Installed, a service starts: fail2ban with bans for what is long past, auditd in the place of another program that takes
  # the records. Its fix starts it when that was looked at, and under the rollback.
  for each in "${PACKAGES[@]}"; do
    [[ -n $ROOT || $each != @(fail2ban|auditd) ]] || services+=("$each.service")
  done
  ((!${#services[@]})) || systemctl mask --runtime --quiet "${services[@]}"
  if in_root test -x /usr/bin/apt-get; then
    in_root timeout 300 apt-get -q -o DPkg::Lock::Timeout=120 update </dev/null 3>&- 9>&- || true
    in_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l timeout 900 apt-get -y -q -o DPkg::Lock::Timeout=120 \
      -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install --no-install-recommends "${PACKAGES[@]}"
  else
    in_root timeout 900 dnf -y -q --setopt=install_weak_deps=False install "${PACKAGES[@]}"
  fi </dev/null 3>&- 9>&-
  each=$?
  ((!${#services[@]})) || systemctl unmask --runtime --quiet "${services[@]}"
  ((each == 0)) || finish refused "install_failed:${PACKAGES[*]}"
  # More controls apply than before.
  FACT=() TODO=() PACKAGES=()
  find_facts
  run_phase plan
}
