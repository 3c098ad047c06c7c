# shellcheck shell=bash
# setting <key> <file>…: the last value that the files, in /etc, give it: "key value" or "key = value".
setting() {
  REPLY=$(cd "$ROOT/etc" && sed -nE "s/^\s*$1(\s*=\s*|\s+)([^#[:space:]]*).*/\2/p" "${@:2}" 2>/dev/null | tail -n1)
}
