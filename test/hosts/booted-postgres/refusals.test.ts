import { afterAll, beforeAll, beforeEach, describe, expect } from '@jest/globals';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { hostAddress } from '../../../lib/local/hosts/wire.ts';
import { nightTest } from '../../extent.ts';
import { type Administered, administered } from '../booted-transaction/hosts.ts';
import { describeOn } from '../harness.ts';
import { auditOf, weaken } from './server.ts';

const psql = (sql: string) =>
  `runuser -u postgres -- psql -Xqv ON_ERROR_STOP=1 <<'END'\n${sql}\nEND\n`;
const reload = `${psql('select pg_reload_conf() \\g /dev/null')}sleep 0.5\n`;
const hba = '/etc/postgresql/15/main/pg_hba.conf';
const own = '/etc/postgresql/15/main/postgresql.conf';
const withTls = `sed -i '/^ssl = /d' ${own}; echo 'ssl = on' >>${own}\n${reload}`;

// Tried every night: PostgreSQL 15.
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

    // What else is refused is tried where nothing is booted, and beside what is put right.
    nightTest(
      'where a client is connected with an old TLS',
      async () => {
        const old = [`ssl_min_protocol_version = 'TLSv1'`, `ssl_ciphers = 'ALL:@SECLEVEL=0'`];
        await at.say(
          `${withTls}printf '%s\\n' ${old.map((line) => `"${line}"`).join(' ')} >>${own}\n${reload}`,
        );
        await at.client.run(
          `printf '%s\\n' 'openssl_conf = a' '[a]' 'ssl_conf = b' '[b]' 'system_default = c' '[c]' 'CipherString = ALL:@SECLEVEL=0' >/run/old.cnf
           OPENSSL_CONF=/run/old.cnf PGPASSWORD='secret of app' setsid psql -Xq 'host=${hostAddress} user=app dbname=shop sslmode=require ssl_min_protocol_version=TLSv1 ssl_max_protocol_version=TLSv1.1' -c 'select pg_sleep(600)' >/dev/null 2>&1 & sleep 1`,
        );
        const { id, results } = await at.harden('postgres', { Controls: 'PL.PG.1' });
        expect(results.get('PL.PG.1')).toMatchObject({ o: 'refused', why: 'in_use:TLSv1.1' });
        await at.rollback(id);
        await at.client.run('pkill psql');
        await at.say(
          psql(
            'select pg_terminate_backend(pid) from pg_stat_activity where client_addr is not null;',
          ),
        );
      },
      60_000,
    );

    describe('and each server of several', () => {
      nightTest(
        'is evaluated, by its port',
        async () => {
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
        },
        120_000,
      );

      nightTest(
        'is not taken for good where it does not answer',
        async () => {
          const outsider = `python3 -c "import socket,time; s=socket.socket(socket.AF_UNIX); s.bind('/tmp/.s.PGSQL.5499'); s.listen(); time.sleep(60)"`;
          await at.say(
            `${withTls}runuser -u nobody -- setsid ${outsider} >/dev/null 2>&1 & sleep 1`,
          );
          expect((await auditOf(at)).get('PL.PG.1')).toMatchObject({
            s: 'UNKNOWN',
            why: 'no answer to user postgres over /tmp/.s.PGSQL.5499',
          });
        },
        60_000,
      );
    });
  },
  { packages: ['postgresql'], downloaded: ['postgresql-15-pgaudit'] },
);
