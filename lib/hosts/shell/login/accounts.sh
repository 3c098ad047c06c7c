# shellcheck shell=bash
# Whose logins are at stake, whatever source of accounts names them.

declare -A HOME_OF=() SHADOW_OF=() GROUPS_OF=()
USERS=() WITHOUT_SHELL=''

# All that are listed, those with a shell first: who has none may still come by internal-sftp or for a tunnel.
login_users() {
  local user home shell others=()
  USERS=() HOME_OF=() SHADOW_OF=() GROUPS_OF=() WITHOUT_SHELL=' '
  while IFS=: read -r user _ _ _ _ home shell; do
    [[ $user == [!,:+/-]* && $user != *[,[:space:]/]* && -z ${HOME_OF[$user]+x} ]] || continue
    HOME_OF[$user]=$home
    if [[ $shell == */@(nologin|false|sync|shutdown|halt) ]]; then others+=("$user"); else USERS+=("$user"); fi
  done < <(accounts_of passwd)
  USERS+=(${others[@]+"${others[@]}"})
  WITHOUT_SHELL=" ${others[*]-} "
  while IFS=: read -r user shell; do
    [[ -z $user || -n ${SHADOW_OF[$user]+x} ]] || SHADOW_OF[$user]=$shell
  done < <(accounts_of shadow)
}

# The lines of passwd or shadow, from each source that can be listed; the first line of an account counts.
accounts_of() {
  cat "$ROOT/etc/$1" "$ROOT/var/lib/extrausers/$1"
  sources_of_accounts
  [[ " $REPLY " != *' db '* ]] || in_root timeout 20 getent -s db "$1"
} 2>/dev/null

sources_of_accounts() {
  REPLY=$(sed -n 's/#.*//; s/\[[^]]*]//g; s/^[[:space:]]*passwd:[[:space:]]*//p' "$ROOT/etc/nsswitch.conf" 2>/dev/null)
}

# Whether all accounts were listed; else REPLY names the source of the others: nobody knows who of them has a key.
all_accounts_listed() {
  local each homes=("$ROOT"/{etc,run,usr/lib}/userdb/*.user "$ROOT"/var/lib/systemd/home/*.identity)
  sources_of_accounts
  for each in $REPLY; do
    REPLY=$each
    case $each in
      files | extrausers | db) ;;
      compat) ! grep -qs '^[+-]' "$ROOT/etc/passwd" || return 1 ;;
      # systemd-homed keeps keys in the home, which is closed until its owner is in.
      systemd) ((!${#homes[@]})) || return 1 ;;
      *) return 1 ;;
    esac
  done
}

groups_of() {
  [[ -n ${GROUPS_OF[$1]-} ]] || GROUPS_OF[$1]=$(in_root id -Gn "$1" 2>/dev/null)
  REPLY=${GROUPS_OF[$1]}
}

# Whether an account is one of administrators.
is_admin() {
  groups_of "$1"
  [[ " $REPLY " == *\ @(sudo|wheel|admin)\ * ]] ||
    grep -Eqs "^[[:space:]]*$1[[:space:]]+[^#]*ALL" "$ROOT/etc/sudoers" "$ROOT"/etc/sudoers.d/*
}

# Whether an account becomes root for sure, so that root itself need not log in: sudo says so, and asks for no password
# that the account has not.
becomes_root() {
  local hash=${SHADOW_OF[$1]-} allowed
  allowed=$(in_root sudo -n -l -U "$1" 2>/dev/null </dev/null | grep -E '^ +\((ALL|root)( : [^)]*)?\) ([A-Z]+: )*ALL$') || return 1
  [[ $allowed == *NOPASSWD:* || $hash == [\$_A-Za-z0-9]* ]]
}
