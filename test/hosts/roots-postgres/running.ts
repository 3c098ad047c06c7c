import { randomUUID } from 'node:crypto';
import { type DocumentSource, scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { confirmHost } from '../../../lib/hosts/documents/confirm-host.ts';
import { hardenHosts } from '../../../lib/hosts/documents/harden-host.ts';
import { rollbackHost } from '../../../lib/hosts/documents/rollback-host.ts';
import { postgres } from '../../../lib/hosts/postgres/index.ts';
import type { OverlayRoot } from '../../../lib/local/hosts/overlay-root.ts';
import type { Result } from '../audited.ts';
import { answerOf } from '../transaction/answer.ts';

// PostgreSQL itself, in a root that is not booted: its processes, sockets and network are the root's own.

export const folder = '/etc/postgresql/16/main';
const pgCtl = `cd /; runuser -u postgres -- /usr/lib/postgresql/16/bin/pg_ctl -s -w -D /var/lib/postgresql/16/main -l /tmp/postgres.log -o '-c config_file=${folder}/postgresql.conf'`;
export const restart = `${pgCtl} -m immediate restart`;
/** The program itself: what is called psql on these distributions looks for a server by Perl first. */
export const sql = (text: string, database = 'postgres') =>
  `runuser -u postgres -- /usr/lib/postgresql/16/bin/psql -XqtAv ON_ERROR_STOP=1 ${database} <<'END'\n${text}\nEND`;
/** The server reads its files a moment after it is told to. */
export const load = `before=$(${sql('select pg_conf_load_time()')}
)
${sql('select pg_reload_conf() \\g /dev/null')}
until [ "$(${sql('select pg_conf_load_time()')}
)" != "$before" ]; do sleep 0.05; done`;

/** A server that is as it must be. */
const begin = `set -e
install -d -o postgres -m 2775 /run/postgresql
dpkg --install /var/cache/apt/archives/postgresql-16-pgaudit_*.deb >/dev/null
cat >${folder}/conf.d/good.conf <<'END'
log_connections = on
log_disconnections = on
shared_preload_libraries = 'pgaudit'
END
${pgCtl} start
${sql("create role app login password 'secret of app'; create database shop owner app;")}
${sql('revoke connect, temporary on database shop from public')}
cp -a /etc/postgresql /root/etc
cp -a /var/lib/postgresql/16/main/postgresql.auto.conf /root/auto
# The documents know folders that stand for a host: this one is the root itself.
mkdir /self && mount --rbind / /self`;

const again = `set -e
rm -rf /etc/postgresql/16 /var/lib/plumbline
[ ! -f /root/pgaudit.so ] || mv /root/pgaudit.so /usr/lib/postgresql/16/lib
cp -a /root/etc/. /etc/postgresql
cp -a /root/auto /var/lib/postgresql/16/main/postgresql.auto.conf
${restart}
${sql('drop role if exists old; alter role app reset all; alter role postgres reset all; revoke connect, temporary on database shop from public; revoke create on schema public from public; revoke create on database postgres from public; alter database shop is_template false')}
${sql('revoke create on schema public from public; drop schema if exists sales', 'shop')}`;

export const running = (root: () => OverlayRoot) => {
  const say = async (script: string) => {
    const { exitCode, stdout, stderr } = await root().run(script);
    if (exitCode !== 0) throw new Error(stdout + stderr);
    return stdout.trim();
  };
  const document = async (source: DocumentSource, given: Readonly<Record<string, string>>) => {
    // In a folder nothing is reloaded, and here is what is to be.
    const body = ['reload() { "reload_$1"; }', ...source.body];
    const { exitCode, stdout, stderr } = await root().run(
      'file=$(mktemp); cat >"$file"; chmod 700 "$file"; exec "$file"',
      {
        input: scriptOf({ ...source, body }, 'test', ['ROOT=/self']),
        environment: Object.fromEntries(
          Object.entries(given).map(([name, value]) => [`SSM_${name}`, value]),
        ),
      },
    );
    return { exitCode, stdout, stderr };
  };
  const answered = async (source: DocumentSource, command: string) => {
    const { exitCode, stdout, stderr } = await document(source, { Id: command });
    return answerOf(exitCode, stdout, stderr);
  };
  const common = { Parameters: 'none', Controls: 'all' };
  return {
    say,
    begin: () => say(begin),
    again: () => say(again),
    audit: async (id: string): Promise<Result> => {
      const source = auditHost(postgres.filter((each) => each.id === id));
      const { stdout, stderr } = await document(source, { ...common, Areas: 'postgres' });
      if (stderr !== '') throw new Error(stderr);
      return JSON.parse(stdout).results[0];
    },
    /** `faults` are functions of bash in the place of the document's. */
    harden: async (id: string, faults: readonly string[] = []) => {
      const command = randomUUID();
      const [honest] = hardenHosts(postgres);
      if (!honest) throw new Error('no document hardens PostgreSQL');
      const source = { ...honest, body: [...faults, ...honest.body] };
      const given = { DryRun: 'no', RollbackSeconds: '600', Install: 'no', COMMAND_ID: command };
      const said = await document(source, { ...common, ...given, Controls: id });
      const { results, ...rest } = answerOf(said.exitCode, said.stdout, said.stderr);
      return { command, ...rest, result: results.get(id) };
    },
    confirm: (command: string) => answered(confirmHost, command),
    rollback: (command: string) => answered(rollbackHost, command),
  };
};
