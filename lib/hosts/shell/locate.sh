# shellcheck shell=bash
# Where the transaction lives; ROOT is set by then.
# shellcheck disable=SC2034 # other parts read them
locate() {
  ID=$1
  STATE=$ROOT/var/lib/plumbline
  BACKUP=$STATE/backups/$ID
  WORK=$BACKUP
  REAL=
  [[ -z $ROOT ]] || REAL=$(cd -P "$ROOT" && pwd)
}
