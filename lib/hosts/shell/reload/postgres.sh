# shellcheck shell=bash
# A line of pg_hba.conf that can not be read keeps PostgreSQL from starting the next time.
reload_postgres() {
  local bad
  REPLY=pg_hba_rejected
  bad=$(ask_postgres "select count(*) from pg_hba_file_rules where error is not null") && [[ $bad == 0 ]] &&
    ask_postgres 'select pg_reload_conf()' >/dev/null && ask_postgres 'select 1' >/dev/null
}
ask_postgres() { timeout 20 runuser -u postgres -- psql -XAtqc "$1" </dev/null 2>/dev/null; }
