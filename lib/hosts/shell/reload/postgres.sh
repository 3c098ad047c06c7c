# shellcheck shell=bash
# needs: kinds/postgres
# Each server, where it runs. A line of pg_hba.conf that can not be read keeps PostgreSQL from starting the next time.
reload_postgres() {
  local server loaded
  postgres_sockets
  for server in ${PG_SERVERS[@]+"${PG_SERVERS[@]}"}; do
    REPLY=pg_hba_rejected:${server##*.}
    [[ $(tell_server "$server" 'select count(*) from pg_hba_file_rules where type is null') == 0 ]] || return
    loaded=$(tell_server "$server" 'select pg_conf_load_time()')
    tell_server "$server" 'select pg_reload_conf()' >/dev/null
    REPLY=postgres_silent:${server##*.}
    # It reads its files a moment later, and lets us in again.
    for _ in {1..50}; do
      [[ $(tell_server "$server" 'select pg_conf_load_time()') != @(|"$loaded") ]] && continue 2
      sleep 0.1
    done
    return 1
  done
}
tell_server() { ask_server "$1" postgres -c "$2" | tr -d '\0'; }
