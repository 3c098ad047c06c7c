# shellcheck shell=bash
# Never a restart: that would stop the containers. What a reload does not take holds from the next start on.
reload_docker() {
  systemctl is-active --quiet docker.service || return 0
  systemctl reload docker.service && timeout 20 docker info >/dev/null 2>&1
}
