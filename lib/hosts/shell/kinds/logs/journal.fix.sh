# shellcheck shell=bash
# needs: kinds/journal kinds/config.fix

fix_journal() { fix_config /etc/systemd/journald.conf "$@" && activate journald; }
