import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest, sampled, sampledByOutcome } from '../../extent.ts';
import { pictureOf } from '../booted-postgres/server.ts';
import { describeOn, givenRoot } from '../harness.ts';
import { folder, load, restart, running, sql } from './running.ts';

const conf = `${folder}/postgresql.conf`;
const hba = `${folder}/pg_hba.conf`;
const later = (line: string) => `echo "${line}" >${folder}/conf.d/later.conf`;
/** The first line that matches counts. */
const first = (line: string) => `sed -i '1i ${line}' ${hba}`;
const withKey = `printf '%s\\n' 'ssl = off' "ssl_key_file = '/tmp/key'" >>${conf}\n${load}`;
const md5 = "set password_encryption = 'md5'; create role old login password 'old'";

type Expected = Readonly<Record<string, unknown>>;
interface Row {
  /** Bash that makes the server what it is to be, and the verdict; `wrong` is what the fix puts right. */
  readonly verdicts: Readonly<Record<string, readonly [given: string, expected: Expected]>>;
  readonly wrong?: string;
  /** Where it is left as it is: by what name. */
  readonly refusals?: Readonly<Record<string, readonly [given: string, why: string | RegExp]>>;
}
const rows: Readonly<Record<string, Row>> = {
  'PL.PG.1': {
    verdicts: {
      'TLS is on': ['', { s: 'PASS', e: 'on TLSv1.2 (port 5432)', p: true }],
      'TLS is off': [`echo 'ssl = off' >>${conf}\n${load}`, { s: 'FAIL', e: 'off', p: false }],
      'ALTER SYSTEM has turned it off for the next start': [
        sql('alter system set ssl = off'),
        {
          s: 'FAIL',
          e: 'on',
          p: false,
          why: expect.stringMatching(
            /\/postgresql\.auto\.conf:\d+ sets ssl to off: the next start/,
          ),
        },
      ],
      'ALTER SYSTEM overrules a file that has it off': [
        `echo 'ssl = off' >>${conf}\n${sql('alter system set ssl = on')}\n${load}`,
        { s: 'PASS', p: true },
      ],
    },
    wrong: `echo 'ssl = off' >>${conf}\n${load}`,
    refusals: {
      'the key does not fit the certificate': [
        `openssl genrsa -out /tmp/key 2>/dev/null\nchown postgres /tmp/key\n${withKey}`,
        'no_certificate',
      ],
      'everybody can read the key': [
        `cp /etc/ssl/private/ssl-cert-snakeoil.key /tmp/key\nchown postgres: /tmp/key\nchmod 640 /tmp/key\n${withKey}`,
        'no_certificate',
      ],
      'there is no certificate: it would not start again': [
        `printf '%s\\n' 'ssl = off' "ssl_cert_file = 'none.pem'" >>${conf}\n${load}`,
        'no_certificate',
      ],
    },
  },
  'PL.PG.2': {
    verdicts: {
      'SCRAM alone': ['', { s: 'PASS', e: 'scram-sha-256 none none (port 5432)' }],
      'new passwords are MD5': [
        `${later('password_encryption = md5')}\n${load}`,
        { s: 'FAIL', e: 'md5', p: false },
      ],
      'a role has a setting of its own': [
        sql("alter role app set password_encryption = 'md5'"),
        { s: 'FAIL', why: 'port 5432: roles_with_md5 is app, wanted none' },
      ],
      'the server says otherwise to the role that asks': [
        `${later('password_encryption = md5')}\n${sql("alter role postgres set password_encryption = 'scram-sha-256'")}\n${load}`,
        { s: 'FAIL', e: 'md5', p: false },
      ],
      'a later file sets it for the next start': [
        later('password_encryption = md5'),
        {
          s: 'FAIL',
          e: 'scram-sha-256',
          p: false,
          why: expect.stringMatching(/later\.conf:1 sets/),
        },
      ],
    },
    wrong: `${later('password_encryption = md5')}\n${load}`,
    refusals: { 'only an MD5 hash is left': [sql(md5), 'needs_a_person'] },
  },
  'PL.PG.3': {
    verdicts: {
      'no weak line': ['', { s: 'PASS', e: 'good good true (port 5432)' }],
      'a line of trust': [
        `${first('local all app trust')}\n${load}`,
        { s: 'FAIL', e: 'line 1: local trust' },
      ],
      'a weak line in a file that is included': [
        `echo 'host all all 192.0.2.0/24 md5' >${folder}/more.conf\n${first('include more.conf')}\n${load}`,
        { s: 'FAIL', e: 'line 1: host md5' },
      ],
      'an earlier line refuses all that is not encrypted': [
        `${first('host all all 192.0.2.0/24 scram-sha-256')}\n${first('hostnossl all all all reject')}\n${load}`,
        { s: 'PASS' },
      ],
      'a map by which every account is the role postgres': [
        `${first('local all all peer map=any')}\necho 'any /^.*$ postgres' >>${folder}/pg_ident.conf\n${load}`,
        { s: 'FAIL', e: 'any /^.*$ postgres' },
      ],
      'a map by which every account of a kind is the role of its name, and one for some': [
        `${first('local all all peer map=own')}\nprintf '%s\\n' 'own /^(.*)@corp$ \\1' 'own /^(.*)$ \\1' 'own /^dba_.*$ postgres' 'own "root" postgres' '# own /.* postgres' >>${folder}/pg_ident.conf\n${load}`,
        { s: 'PASS' },
      ],
      'a map that no line names': [
        `echo 'any /.* postgres' >>${folder}/pg_ident.conf\n${load}`,
        { s: 'PASS' },
      ],
      'a name that begins like the loopback': [
        `${first('host all all 127.example.com scram-sha-256')}\n${load}`,
        { s: 'FAIL', e: 'line 1: host scram-sha-256' },
      ],
      'the loopback with a mask for everybody': [
        `${first('host all all 127.0.0.1/0 scram-sha-256')}\n${load}`,
        { s: 'FAIL', e: 'line 1: host scram-sha-256' },
      ],
      'the loopback': [
        `${first('host all all 127.0.0.0/8 scram-sha-256')}\n${load}`,
        { s: 'PASS' },
      ],
      'a refusal of what is not encrypted in a file that is included later': [
        `echo 'hostnossl all all all reject' >${folder}/more.conf\n${first('include more.conf')}\n${first('host all all 192.0.2.0/24 scram-sha-256')}\n${first('# own')}\n${first('# own')}\n${load}`,
        { s: 'FAIL', e: 'line 3: host scram-sha-256' },
      ],
      'a refusal that is not for replication': [
        `${first('host replication all 192.0.2.0/24 scram-sha-256')}\n${first('hostnossl all all all reject')}\n${load}`,
        { s: 'FAIL', e: 'line 2: host scram-sha-256' },
      ],
      'lines of a file that is included, which nobody loaded': [
        `echo 'host all all 192.0.2.0/24 reject' >${folder}/more.conf\n${first('include more.conf')}\n${load}\ntouch -d '+1 hour' ${folder}/more.conf`,
        { s: 'FAIL', e: 'false' },
      ],
      'a socket elsewhere': [
        `${later("unix_socket_directories = '/srv/pg, /run/postgresql'")}\ninstall -d -o postgres /srv/pg\n${first('local all app trust')}\n${restart}\nrm /run/postgresql/.s.PGSQL.5432`,
        { s: 'FAIL', e: 'line 1: local trust' },
      ],
      'good lines that nobody loaded': [
        `touch -d '+1 hour' ${hba}`,
        { s: 'FAIL', e: 'false', why: expect.stringMatching(/pg_hba\.loaded is false/) },
      ],
    },
    wrong: `${first('host shop app 192.0.2.0/24 md5')}\n${first('local all app trust # scripts')}\n${load}`,
    refusals: {
      'the line stands in a file that is included': [
        `echo 'host all all 192.0.2.0/24 md5' >${folder}/more.conf\n${first('include more.conf')}\n${load}`,
        `included:${folder}/more.conf`,
      ],
      'a role has no SCRAM password and could not log in any more': [
        `${sql(md5)}\n${first('host shop app 192.0.2.0/24 md5')}\n${load}`,
        'roles_without_scram:1',
      ],
      'a line of names in quotes has to change': [
        `${first('local "shop" app trust')}\n${load}`,
        'line:1',
      ],
      'the copy would not change what is weak': [
        `${first('host samehost app 192.0.2.0/24 scram-sha-256')}\n${load}`,
        'pg_hba_rejected',
      ],
    },
  },
  'PL.PG.4': {
    verdicts: {
      'nothing is for everybody': ['', { s: 'PASS', e: 'none none (port 5432)' }],
      'everybody may connect': [
        sql('grant connect on database shop to public'),
        { s: 'FAIL', e: 'shop', why: 'port 5432: public_connect is shop, wanted none' },
      ],
      'everybody may create in another schema': [
        sql('create schema sales; grant create on schema sales to public', 'shop'),
        { s: 'FAIL', why: 'port 5432: public_create is shop.sales, wanted none' },
      ],
      'everybody may create schemas': [
        sql('grant create on database postgres to public'),
        { s: 'FAIL', why: 'port 5432: public_connect is postgres, wanted none' },
      ],
      'everybody may connect to a database that is called a template': [
        sql('grant connect on database shop to public; alter database shop is_template true'),
        { s: 'FAIL', e: 'shop' },
      ],
      'nobody may connect, and in one schema everybody may create': [
        sql('grant create on schema public to public', 'shop'),
        { s: 'FAIL', why: 'port 5432: public_create is shop, wanted none' },
      ],
    },
    wrong: `${sql('grant connect on database shop to public')}\n${sql('grant create on schema public to public', 'shop')}`,
    refusals: {
      'somebody is connected who could not any more': [
        `${sql('create role old login; grant connect on database shop to public')}\n${first('local shop old trust')}\n${load}\npsql -X -U old shop -c 'select pg_sleep(20)' >/dev/null 2>&1 &\nuntil [ "$(${sql("select count(*) from pg_stat_activity where usename = 'old'")}\n)" = 1 ]; do sleep 0.05; done`,
        'connected:old in shop',
      ],
    },
  },
  'PL.PG.5': {
    verdicts: {
      'both are logged': ['', { s: 'PASS', e: 'on on (port 5432)' }],
      'neither is': [
        `${later('log_connections = off\nlog_disconnections = off')}\n${load}`,
        { s: 'FAIL', e: 'off', p: false },
      ],
      'ALTER SYSTEM has turned one off for the next start': [
        sql('alter system set log_disconnections = off'),
        {
          s: 'FAIL',
          e: 'on',
          p: false,
          why: expect.stringMatching(/postgresql\.auto\.conf:\d+ sets/),
        },
      ],
    },
    wrong: `${later('log_connections = off\nlog_disconnections = off')}\n${load}`,
    refusals: {
      'somebody wrote what was not loaded': [
        `${later('log_connections = off')}\n${load}\ntouch -d '+1 hour' ${hba}`,
        'files_not_loaded:5432',
      ],
      'a line can not be read': [
        `${later('log_connections = off')}\necho 'local all' >>${hba}\n${load}`,
        'files_not_loaded:5432',
      ],
      'a flag of the server says otherwise': [
        `${later('log_connections = off')}\n${restart.replace("-o '", "-o '-c log_connections=off ")}`,
        'set_by_flag:log_connections',
      ],
    },
  },
  'PL.PG.6': {
    verdicts: {
      'it is loaded': ['', { s: 'PASS', e: 'loaded (port 5432)' }],
      'it is not': [
        `${later("shared_preload_libraries = ''")}\n${restart}`,
        { s: 'FAIL', e: 'missing', p: false },
      ],
      'ALTER SYSTEM leaves it out at the next start': [
        sql("alter system set shared_preload_libraries = 'auto_explain'"),
        { s: 'FAIL', e: 'loaded', p: false },
      ],
    },
    refusals: {
      'it is not installed': [
        `${later("shared_preload_libraries = ''")}\n${restart}\nmv /usr/lib/postgresql/16/lib/pgaudit.so /root`,
        'needs_install:postgresql-16-pgaudit',
      ],
    },
  },
  'PL.PG.7': {
    verdicts: {
      'the host itself': ['', { s: 'PASS', e: 'localhost (port 5432)' }],
      'every address': [
        `${later("listen_addresses = '*'")}\n${restart}`,
        { s: 'FAIL', e: '*', p: false },
      ],
      'ALTER SYSTEM opens it at the next start': [
        sql("alter system set listen_addresses = 'localhost, 0.0.0.0'"),
        { s: 'FAIL', e: 'localhost', p: false },
      ],
    },
  },
};

/** A setting; the lines and the privileges on a booted host, and every night each of them here. */
const putRight = sampled(
  Object.keys(rows).filter((id) => rows[id]?.wrong !== undefined),
  { usual: 9 },
);

const body = (base: () => string) => {
  const root = givenRoot(base);
  const server = running(root);
  beforeAll(() => server.begin(), 60_000);
  beforeEach(() => server.again());

  describe.each(Object.entries(rows))('%s', (id, { verdicts, wrong, refusals = {} }) => {
    const evaluated = sampledByOutcome(
      Object.entries(verdicts),
      { usual: 9 },
      ([, [, { s }]]) => s,
    );
    test.each(evaluated)('%s', async (_, [given, expected]) => {
      await server.say(`set -e\n${given}`);
      expect(await server.audit(id)).toMatchObject(expected);
    });

    if (wrong !== undefined && putRight.includes(id))
      test('is put right, in effect at once, right a second time, and taken back to what it was', async () => {
        await server.say(`set -e\n${wrong}`);
        const before = await pictureOf(server);
        const { command, result } = await server.harden(id);
        expect(result).toMatchObject({ o: 'changed' });
        expect(await server.audit(id)).toMatchObject({ s: 'PASS', p: true });
        expect(await server.confirm(command)).toMatchObject({ outcome: 'confirmed' });
        expect(await server.harden(id)).toMatchObject({ outcome: 'unchanged' });
        expect(await server.rollback(command)).toMatchObject({ outcome: 'reverted', left: [] });
        expect(await pictureOf(server)).toBe(before);
      });

    for (const [where, [given, why]] of sampled(Object.entries(refusals), { usual: 2 }))
      test(`is left as it is where ${where}`, async () => {
        await server.say(`set -e\n${given}`);
        const before = await pictureOf(server);
        const { result } = await server.harden(id);
        expect(result).toMatchObject({ o: 'refused', why });
        expect(await pictureOf(server)).toBe(before);
      });
  });

  // Debian's own psql chooses so, where it is told a socket.
  test('the newest psql asks the server of each socket, whatever cluster is configured', async () => {
    await server.say(`set -e
for version in 8.4 9.6 99 none; do mkdir -p /usr/lib/postgresql/$version/bin; done
printf '#!/bin/sh\\nexit 1\\n' | tee /usr/lib/postgresql/{8.4,9.6,99,none}/bin/psql >/dev/null
chmod 755 /usr/lib/postgresql/{8.4,9.6,none}/bin/psql
echo '* * 16 main *' >>/etc/postgresql-common/user_clusters
${restart.replace("-o '", "-o '-p 5433 ")}`);
    expect(await server.audit('PL.PG.1')).toMatchObject({ s: 'PASS', e: 'on TLSv1.2 (port 5433)' });
    await server.say('rm -r /usr/lib/postgresql/{8.4,9.6,99,none}');
  });

  test('PL.PG.3 is left as it is where the server finds an error in the copy', async () => {
    await server.say(`set -e\n${first('local all app trust')}\n${load}`);
    const before = await pictureOf(server);
    const { result } = await server.harden('PL.PG.3', [
      "hba_line() { REPLY='local all app scram'; }",
    ]);
    expect(result).toMatchObject({ o: 'refused', why: 'pg_hba_rejected' });
    expect(await pictureOf(server)).toBe(before);
    expect(
      await server.say(sql('select count(*) from pg_hba_file_rules where error is not null')),
    ).toBe('0');
  });

  nightTest(
    'PL.PG.6 is put right beside what is loaded, for the next start, and taken back',
    async () => {
      await server.say(`set -e\n${later("shared_preload_libraries = 'auto_explain'")}\n${restart}`);
      const before = await pictureOf(server);
      const { command, result } = await server.harden('PL.PG.6');
      expect(result).toMatchObject({ o: 'ineffective' });
      expect(await server.audit('PL.PG.6')).toMatchObject({ s: 'FAIL', e: 'missing', p: true });
      await server.say(restart);
      expect(await server.audit('PL.PG.6')).toMatchObject({ s: 'PASS', e: 'loaded (port 5432)' });
      expect(await server.say(sql('show shared_preload_libraries'))).toBe('auto_explain, pgaudit');
      expect(await server.rollback(command)).toMatchObject({ outcome: 'reverted', left: [] });
      await server.say(restart);
      expect(await pictureOf(server)).toBe(before);
    },
  );

  test('PL.PG.7 is only reported', async () => {
    await server.say(`set -e\n${later("listen_addresses = '*'")}\n${restart}`);
    const before = await pictureOf(server);
    expect(await server.harden('PL.PG.7')).toMatchObject({
      exit: 2,
      reason: 'PL.PG.7 is no control of the areas postgres',
    });
    expect(await pictureOf(server)).toBe(before);
  });
};
// The newer of the servers, whose pg_hba.conf knows include.
describeOn([ubuntu2404], 'rows of PostgreSQL', body, {
  packages: ['postgresql'],
  downloaded: ['postgresql-16-pgaudit'],
});
