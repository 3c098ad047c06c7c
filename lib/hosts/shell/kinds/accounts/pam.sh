# shellcheck shell=bash
# needs: kinds/both kinds/setting
PAM_FILES=(pam.d/common-auth pam.d/common-password pam.d/system-auth pam.d/password-auth)

# The lines of PAM without comments, which begin anywhere.
pam_lines() {
  (cd "$ROOT/etc" && sed -s 's/#.*//' "${PAM_FILES[@]}" 2>/dev/null)
}

# Whether PAM calls a module so: an extended expression.
pam_has() { grep -Eq "$1" <<<"$PAM_LINES"; }

# pam_waives <service>…: whether PAM lets somebody in before a password is asked for; the line is REPLY. These modules ask for
# none: that they succeed is to be no end.
pam_waives() {
  REPLY=$(
    cd "$ROOT/etc/pam.d" && for REPLY in "${PAM_FILES[@]#pam.d/}" "$@"; do
      [[ ! -e $REPLY ]] || sed 's/#.*//' "$REPLY" | awk '
        /@include[ \t]+common-auth|[ \t](include|substack)[ \t]/ { asked = 1 }
        !/^[ \t]*-?auth[ \t]/ || /expose_authtok/ { next }
        /pam_(permit|wheel|succeed_if|listfile|localuser|access|exec|env|group|usertype|nologin)\.so/ && /[ \t](sufficient|\[.*(success|default)=done.*\])[ \t]/ && !asked { print; exit }
        /pam_(unix|sss|winbind|ldap|krb5)\.so/ { asked = 1 }'
    done
  )
  REPLY=${REPLY%%$'\n'*}
  [[ -n $REPLY ]]
}

# pam_alone <type> <module> <service>…: the service whose own lines ask pam_unix, and neither the module nor the common files.
pam_alone() {
  for REPLY in "${@:3}"; do
    ! sed 's/#.*//' "$ROOT/etc/pam.d/$REPLY" 2>/dev/null | awk -v "type=$1" -v "module=$2" '
      $1 == "@include" && $2 == "common-" type || $1 ~ "^-?" type "$" && $2 ~ /include|substack/ { shared = 1 }
      $1 ~ "^-?" type "$" && index($0, module) { shared = 1 }
      $1 ~ "^-?" type "$" && /pam_unix\.so/ { alone = 1 }
      END { exit shared || !alone }' || return 0
  done
  false
}

# pam_setting <module> <key> <default> <file>…: an argument of the module goes before its file.
pam_setting() {
  REPLY=$(sed -nE "s/^.*$1\.so.*\s$2(=|\s+)(\S+).*/\2/p" <<<"$PAM_LINES" | tail -n1)
  [[ -n $REPLY ]] || setting "$2" "${@:4}"
  REPLY=${REPLY:-$3}
}
