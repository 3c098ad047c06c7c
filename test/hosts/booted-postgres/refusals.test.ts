import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { hostAddress } from '../../../lib/local/hosts/wire.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';
import { auditOf, pictureOf, weaken } from './server.ts';

const psql = (sql: string) =>
  `runuser -u postgres -- psql -Xqv ON_ERROR_STOP=1 <<'END'\n${sql}\nEND\n`;
const reload = `${psql('select pg_reload_conf() \\g /dev/null')}sleep 0.5\n`;
const hba = '/etc/postgresql/15/main/pg_hba.conf';
const own = '/etc/postgresql/15/main/postgresql.conf';
const withTls = `sed -i '/^ssl = /d' ${own}; echo 'ssl = on' >>${own}\n${reload}`;

describeOn(
  [debian12],
  'PostgreSQL is left as it is',
  (base) => {
    let at: Administered;
    beforeAll(async () => {
      at = await administered(base());
      expect(await at.say(weaken)).toBe('');
      await at.say(
        'cp -a /etc/postgresql /root/etc; cp -a /var/lib/postgresql/15/main/postgresql.auto.conf /root/auto',
      );
    }, 300_000);
    afterAll(() => at?.remove());
    beforeEach(async () => {
      await at.say(
        `cp -a /root/etc/. /etc/postgresql; cp -a /root/auto /var/lib/postgresql/15/main/postgresql.auto.conf; touch ${hba}; ${reload}sleep 1\n${reload}`,
      );
    });

    type Case = readonly [id: string, prepare: string, refusal: string];
    const cases: Readonly<Record<string, Case>> = {
      'where the key does not fit the certificate: with ssl on it would not start again': [
        'PL.PG.1',
        `echo "ssl_key_file = '/tmp/other.key'" >>${own}; openssl genrsa -out /tmp/other.key 2>/dev/null; chown postgres /tmp/other.key; ${reload}`,
        'no_certificate',
      ],
      'where everybody can read the key': [
        'PL.PG.1',
        `cp /etc/ssl/private/ssl-cert-snakeoil.key /tmp/open.key; chown postgres: /tmp/open.key; chmod 640 /tmp/open.key; echo "ssl_key_file = '/tmp/open.key'" >>${own}; ${reload}`,
        'no_certificate',
      ],
      'where a role has no SCRAM password and could not log in any more': [
        'PL.PG.3',
        psql("set password_encryption = 'md5'; create role old login password 'old';") + withTls,
        'roles_without_scram:1',
      ],
      'where a client is connected without TLS': [
        'PL.PG.3',
        `${psql('drop role if exists old')}${withTls}`,
        'clients_without_tls:1',
      ],
      'where somebody is connected who could not connect any more': [
        'PL.PG.4',
        psql('drop role if exists old; create role guest login password $$secret of app$$;'),
        'connected:guest in shop',
      ],
      'where somebody wrote what was not loaded': [
        'PL.PG.5',
        `sleep 1; echo '# later' >>${hba}`,
        'files_not_loaded:5432',
      ],
      'where a line can not be read': [
        'PL.PG.5',
        `echo 'local all' >>${hba}; ${reload}`,
        'files_not_loaded:5432',
      ],
      'where a line of names in quotes has to change': [
        'PL.PG.3',
        `${psql('drop role if exists old; drop role if exists guest')}sed -i 's/^local   all             all  /local "shop"  all  /' ${hba}; ${withTls}`,
        'line:3',
      ],
    };
    const connected: Readonly<Record<string, string>> = {
      'clients_without_tls:1': 'app',
      'connected:guest in shop': 'guest',
    };

    test.each(Object.entries(cases))(
      '%s',
      async (_, [id, prepare, refusal]) => {
        await at.say(prepare);
        const user = connected[refusal];
        if (user === 'guest')
          await at.say(`echo 'host shop guest 192.0.2.0/24 trust' >>${hba}; ${reload}`);
        if (user !== undefined)
          await at.client.run(
            `PGPASSWORD='secret of app' setsid psql -Xq 'host=${hostAddress} user=${user} dbname=shop sslmode=disable' -c 'select pg_sleep(600)' >/dev/null 2>&1 & sleep 1`,
          );
        const before = await pictureOf(at);
        const { id: run, results } = await at.harden('postgres', { Controls: id });
        expect(results.get(id)).toMatchObject({ o: 'refused', why: refusal });
        await at.rollback(run);
        expect(await pictureOf(at)).toBe(before);
        await at.client.run('pkill psql');
        // A session ends only once it has done sleeping.
        await at.say(
          psql(
            'select pg_terminate_backend(pid) from pg_stat_activity where client_addr is not null;',
          ),
        );
      },
      60_000,
    );

    describe('and each server of several', () => {
      test('is judged, by its port', async () => {
        await at.say('pg_createcluster 15 second --start >&2');
        await at.say(
          `${withTls}sed -i 's/^ssl = on/ssl = off/' /etc/postgresql/15/second/postgresql.conf; pg_ctlcluster 15 second reload; sleep 1`,
        );
        const verdicts = await auditOf(at);
        expect(verdicts.get('PL.PG.1')).toMatchObject({
          s: 'FAIL',
          why: 'port 5433: ssl is off, wanted on',
        });
        const { id, results } = await at.harden('postgres', { Controls: 'PL.PG.1' });
        expect(results.get('PL.PG.1')).toMatchObject({ o: 'changed' });
        expect((await auditOf(at)).get('PL.PG.1')).toMatchObject({
          s: 'PASS',
          e: 'on TLSv1.2 (port 5432) on TLSv1.2 (port 5433)',
        });
        expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
        await at.say('pg_ctlcluster 15 second stop; touch /tmp/x');
        expect((await auditOf(at)).get('PL.PG.1')).toMatchObject({ s: 'PASS' });
      }, 120_000);

      test('is not taken for good where it does not answer', async () => {
        const stranger = `python3 -c "import socket,time; s=socket.socket(socket.AF_UNIX); s.bind('/tmp/.s.PGSQL.5499'); s.listen(); time.sleep(60)"`;
        await at.say(`${withTls}runuser -u nobody -- setsid ${stranger} >/dev/null 2>&1 & sleep 1`);
        expect((await auditOf(at)).get('PL.PG.1')).toMatchObject({
          s: 'UNKNOWN',
          why: 'no answer to user postgres over /tmp/.s.PGSQL.5499',
        });
      }, 60_000);
    });
  },
  { packages: ['postgresql'], downloaded: ['postgresql-15-pgaudit'] },
);
