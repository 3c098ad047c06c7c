import { scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { postgres } from '../../../lib/hosts/postgres/index.ts';
import { hostAddress } from '../../../lib/local/hosts/wire.ts';
import type { Report, Result } from '../audited.ts';
import type { Administered } from '../booted-transaction/hosts.ts';

/** A server that is as weak as guides leave it: without TLS, with trust, MD5 and databases for everybody. */
export const weaken = `
exec 2>&1
set -e
conf=$(echo /etc/postgresql/*/main)
sed -i "s/^ssl = on/ssl = off/" "$conf/postgresql.conf"
cat >>"$conf/postgresql.conf" <<'END'
listen_addresses = '*'
password_encryption = md5
END
cat >"$conf/pg_hba.conf" <<'END'
# Kept as it is, to the last byte.
local   all             postgres                                peer
local   all             all                                     trust   # for scripts
host    all             all             127.0.0.1/32            md5
host    shop            app             192.0.2.0 255.255.255.0 password
hostssl	replication	all	all	scram-sha-256
END
chown postgres: "$conf/pg_hba.conf"
systemctl restart postgresql
runuser -u postgres -- psql -Xqv ON_ERROR_STOP=1 <<'END'
alter system set work_mem = '5MB';
select pg_reload_conf() \\g /dev/null
set password_encryption = 'scram-sha-256';
create role app login password 'secret of app';
create database shop owner app;
create database "a'b $(touch /tmp/evaluated) ""c" owner app;
\\c shop
grant create on schema public to public;
END
`;

/** A login from the client: who it is then, with or without TLS, or why not. */
export const appLogin = async ({ client }: Administered, mode: 'require' | 'disable') => {
  const { stdout, stderr } = await client.run(
    `PGPASSWORD='secret of app' psql -XAtq 'host=${hostAddress} user=app dbname=shop sslmode=${mode} connect_timeout=5' -c 'select session_user'`,
  );
  return (stdout || stderr).trim();
};

/** What can be put back: files byte for byte, settings in effect, and privileges as roles see them. */
export const pictureOf = ({ say }: Pick<Administered, 'say'>) =>
  say(`cd /etc/postgresql; find . -printf '%p %M %u:%g\\n' | sort; find . -type f -exec sha256sum {} + | sort
sort /var/lib/postgresql/*/main/postgresql.auto.conf; stat -c '%a %U' /var/lib/postgresql/*/main/postgresql.auto.conf
cd /; runuser -u postgres -- psql -XAt -c "select name, setting from pg_settings where name !~ 'transaction|pid'" -c "select datname, has_database_privilege('public', oid, 'connect'), has_database_privilege('public', oid, 'temp') from pg_database order by 1"
runuser -u postgres -- psql -XAt shop -c "select has_schema_privilege('public', 'public', 'create')" -c 'table pg_hba_file_rules'`);

export const auditOf = async ({ host }: Administered): Promise<ReadonlyMap<string, Result>> => {
  const { stdout, stderr } = await host.run(scriptOf(auditHost(postgres), 'test'), {
    environment: { SSM_Areas: 'postgres', SSM_Controls: 'all', SSM_Parameters: 'none' },
  });
  if (stderr !== '') throw new Error(stderr);
  const report: Report = JSON.parse(stdout);
  return new Map(report.results.map((result) => [result.id, result]));
};
