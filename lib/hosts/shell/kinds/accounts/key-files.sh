# shellcheck shell=bash
# Where sshd looks for keys.

# The patterns of all accounts, in KEY_PATTERNS: those that everybody knows, what sshd says, and each line of its files, for a
# block may have another. In KEY_AUTHORITIES files of those who sign keys, in KEY_COMMAND what gives keys that are in no file.
# shellcheck disable=SC2034 # kinds/keys reads what kinds/homes does not
read_key_patterns() {
  local option value words files=("$ROOT"/etc/ssh/sshd_config{,.d/*.conf})
  KEY_PATTERNS=(.ssh/authorized_keys .ssh/authorized_keys2) KEY_AUTHORITIES=() KEY_COMMAND=''
  while read -r _ value; do
    read -ra words <<<"${value//\"/}"
    for value in "${words[@]}"; do
      # shellcheck disable=SC2206 # a pattern on purpose
      [[ $value == /* ]] && files+=("$ROOT"$value) || files+=("$ROOT/etc/ssh/"$value)
    done
  done < <(key_lines include "${files[@]}")
  while read -r option value; do
    value=${value%%[[:space:]]#*}
    read -ra words <<<"${value//\"/}"
    [[ ${words[0]-none} != none ]] || continue
    case ${option,,} in
      authorizedkeysfile) KEY_PATTERNS+=("${words[@]}") ;;
      trustedusercakeys) KEY_AUTHORITIES+=("${words[@]}") ;;
      # It gives keys of a minute, which EC2 Instance Connect was asked for.
      authorizedkeyscommand) [[ $value == *@(eic_|ec2-instance-connect)* ]] || KEY_COMMAND=$value ;;
    esac
  done < <(in_root /usr/sbin/sshd -T; key_lines '(authorizedkeys(file|command)|trustedusercakeys)' "${files[@]}")
} 2>/dev/null

key_lines() { sed -nE "s/^[[:space:]]*($1)[[:space:]=]+/\\1 /Ip" "${@:2}"; }

# key_files <user> <number> <home>: where keys of an account may be, in KEY_FILES.
key_files() {
  local path
  KEY_FILES=()
  for path in "${KEY_PATTERNS[@]}"; do
    path=${path//%u/$1} path=${path//%U/$2} path=${path//%h/$3}
    [[ $path == /* ]] || path=$3/$path
    [[ " ${KEY_FILES[*]} " == *" $path "* ]] || KEY_FILES+=("$path")
  done
}
