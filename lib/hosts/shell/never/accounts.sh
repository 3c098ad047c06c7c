# shellcheck shell=bash
allowed_sudoers() {
  REPLY=sudoers_rejected
  in_root visudo -c -q -f - <"$2"
}

# Whoever guesses passwords would lock root out.
allowed_accounts() {
  REPLY=locks_root
  ! added "$1" "$2" | grep -Eq '^[^#]*even_deny_root'
}
