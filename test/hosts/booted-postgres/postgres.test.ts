import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { hostAddress } from '../../../lib/local/hosts/wire.ts';
import { nightTest } from '../../extent.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';
import { appLogin, auditOf, pictureOf, weaken } from './server.ts';

const settings = 'PL.PG.1,PL.PG.2,PL.PG.5';
const doors = 'PL.PG.3,PL.PG.4';

const body = (base: () => string) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
    expect(await at.say(weaken)).toBe('');
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(async () => {
    expect(await at.say("runuser -u postgres -- psql -XAtc 'select current_user'")).toBe(
      'postgres',
    );
    expect(await at.say('ls /tmp/evaluated 2>/dev/null')).toBe('');
  });
  const outcomes = ({
    results,
  }: {
    results: ReadonlyMap<string, Readonly<Record<string, string>>>;
  }) =>
    Object.fromEntries(
      [...results].map(([id, { o, why }]) => [id, o === 'changed' ? o : `${o}: ${why}`]),
    );

  test('a weak server fails, by the port and the line', async () => {
    const verdicts = await auditOf(at);
    const said = Object.fromEntries([...verdicts].map(([id, { s, why }]) => [id, `${s} ${why}`]));
    expect(said).toEqual({
      'PL.PG.1': 'FAIL port 5432: ssl is off, wanted on',
      'PL.PG.2': 'FAIL port 5432: password_encryption is md5, wanted scram-sha-256',
      'PL.PG.3': 'FAIL port 5432: pg_hba is line 3: local trust, wanted good',
      'PL.PG.4': 'FAIL port 5432: public_create is shop, wanted none',
      'PL.PG.5': 'FAIL port 5432: log_connections is off, wanted none of off,none',
      'PL.PG.6': 'FAIL port 5432: pgaudit is missing, wanted loaded',
      'PL.PG.7': 'FAIL port 5432: listen_addresses is *, wanted none of *,0.0.0.0,::',
    });
    expect(await appLogin(at, 'disable')).toBe('app');
  }, 60_000);

  nightTest(
    'settings are set, in effect at once, and go back to what they were',
    async () => {
      const before = await pictureOf(at);
      const dry = await at.harden('postgres', { Controls: `${settings},${doors}`, DryRun: 'yes' });
      expect(dry).toMatchObject({ exit: 0, outcome: 'dry_run' });
      expect(await pictureOf(at)).toBe(before);
      const { id, ...hardened } = await at.harden('postgres', { Controls: settings });
      expect(outcomes(hardened)).toEqual({
        'PL.PG.1': 'changed',
        'PL.PG.2': 'changed',
        'PL.PG.5': 'changed',
      });
      expect(await appLogin(at, 'require')).toBe('app');
      expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await pictureOf(at)).toBe(before);
    },
    120_000,
  );

  test('doors are closed only once TLS is there, and nobody is shut out by it', async () => {
    const early = await at.harden('postgres', { Controls: doors });
    expect(outcomes(early)['PL.PG.3']).toBe('refused: ssl_is_off');
    await at.rollback(early.id);
    const { id: first } = await at.harden('postgres', { Controls: settings });
    expect(await at.confirm(first)).toMatchObject({ outcome: 'confirmed' });
    const before = await pictureOf(at);
    const { id, ...hardened } = await at.harden('postgres', { Controls: doors });
    expect(outcomes(hardened)).toEqual({ 'PL.PG.3': 'changed', 'PL.PG.4': 'changed' });
    expect(await at.say('grep -v "^#" /etc/postgresql/*/main/pg_hba.conf')).toBe(
      [
        'local   all             postgres                                peer',
        'local   all             all                                     scram-sha-256   # for scripts',
        'host    all             all             127.0.0.1/32            scram-sha-256',
        'hostssl    shop            app             192.0.2.0 255.255.255.0 scram-sha-256',
        'hostssl\treplication\tall\tall\tscram-sha-256',
      ].join('\n'),
    );
    expect(await appLogin(at, 'require')).toBe('app');
    expect(await appLogin(at, 'disable')).toMatch(/no pg_hba.conf entry/);
    expect((await auditOf(at)).get('PL.PG.4')).toMatchObject({ s: 'PASS' });
    expect(await at.harden('postgres', { Controls: doors })).toMatchObject({
      outcome: 'refused',
      reason: `pending:${id}`,
    });
    expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
    expect(await pictureOf(at)).toBe(before);
    expect(await appLogin(at, 'disable')).toBe('app');
  }, 180_000);

  test('doors stay open where a client is connected without TLS', async () => {
    await at.client.run(
      `PGPASSWORD='secret of app' setsid psql -Xq 'host=${hostAddress} user=app dbname=shop sslmode=disable' -c 'select pg_sleep(600)' >/dev/null 2>&1 & sleep 1`,
    );
    const before = await pictureOf(at);
    const { id, results } = await at.harden('postgres', { Controls: 'PL.PG.3' });
    expect(results.get('PL.PG.3')).toMatchObject({ o: 'refused', why: 'clients_without_tls:1' });
    await at.rollback(id);
    expect(await pictureOf(at)).toBe(before);
    await at.client.run('pkill psql');
    // A session ends only once it has done sleeping.
    await at.say(
      "runuser -u postgres -- psql -Xqc 'select pg_terminate_backend(pid) from pg_stat_activity where client_addr is not null'",
    );
  }, 60_000);

  test('a reboot before the confirmation takes all of it back, what only a server can once it runs', async () => {
    const before = await pictureOf(at);
    await at.say(
      "runuser -u postgres -- psql -Xqc 'alter system reset log_connections' -c 'select pg_reload_conf()'",
    );
    await at.harden('postgres', { Controls: `PL.PG.5,${doors}` });
    expect(await appLogin(at, 'disable')).toMatch(/no pg_hba.conf entry/);
    await at.host.reboot();
    await at.until('! systemctl list-units --plain --no-legend "plumbline-grant-*" | grep .', 60);
    await at.say(
      "runuser -u postgres -- psql -Xqc \"alter system set log_connections = 'on'\" -c 'select pg_reload_conf()'; sleep 1",
    );
    expect(await pictureOf(at)).toBe(before);
    expect(await appLogin(at, 'disable')).toBe('app');
  }, 180_000);

  test('pgaudit is installed, named beside what is there, and waits for a restart', async () => {
    await at.say(
      "runuser -u postgres -- psql -Xqc \"alter system set shared_preload_libraries = 'pg_stat_statements','auto_explain'\"; systemctl restart postgresql",
    );
    expect(outcomes(await at.harden('postgres', { Controls: 'PL.PG.6', DryRun: 'yes' }))).toEqual({
      'PL.PG.6': expect.stringMatching(/^refused: needs_install:postgresql-\d+-pgaudit$/),
    });
    const { id, ...hardened } = await at.harden('postgres', {
      Controls: 'PL.PG.6',
      Install: 'yes',
    });
    expect(outcomes(hardened)).toEqual({
      'PL.PG.6': 'ineffective: port 5432: pgaudit is missing, wanted loaded',
    });
    expect((await auditOf(at)).get('PL.PG.6')).toMatchObject({ s: 'FAIL', p: true });
    await at.confirm(id);
    await at.say('systemctl restart postgresql');
    expect((await auditOf(at)).get('PL.PG.6')).toMatchObject({ s: 'PASS' });
    expect(await at.say("runuser -u postgres -- psql -XAtc 'show shared_preload_libraries'")).toBe(
      'pg_stat_statements, auto_explain, pgaudit',
    );
    expect(await appLogin(at, 'require')).toBe('app');
  }, 180_000);
};
// What else is refused is tried on Debian 12, beside this file.
describeOn([ubuntu2404], 'PostgreSQL', body, {
  packages: ['postgresql'],
  downloaded: ['postgresql-16-pgaudit'],
});
