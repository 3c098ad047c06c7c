import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { postgres } from '../../lib/hosts/postgres/index.ts';
import { quoted } from '../../lib/hosts/quote.ts';
import { onlyResult, put, type Result, withFolder } from './audited.ts';

/** What a server answers: settings, lines of its files, and databases whose schema "public" is open. */
interface Server {
  readonly port?: number;
  readonly now?: Readonly<Record<string, string>>;
  readonly files?: readonly (readonly [name: string, value: string, place: string])[];
  readonly open?: readonly string[];
  readonly silent?: boolean;
}
const defaults = {
  ssl: 'on',
  ssl_min_protocol_version: 'TLSv1.2',
  password_encryption: 'scram-sha-256',
  md5_passwords: 'none',
  roles_with_md5: 'none',
  public_connect: 'none',
  pg_hba: 'good',
  pg_ident: 'good',
  'pg_hba.loaded': 'true',
  log_connections: 'on',
  log_disconnections: 'on',
  shared_preload_libraries: 'pg_stat_statements, pgaudit',
  listen_addresses: 'localhost',
};
const socketOf = ({ port = 5432 }: Server) => `/run/postgresql/.s.PGSQL.${port}`;
const answer = (words: readonly string[]) =>
  `printf '%s\\0' ${words.map((word) => quoted(word === '' ? '' : word) || "''").join(' ')}`;
const answers = ({ now = {}, files = [], silent = false }: Server) =>
  silent
    ? ':'
    : answer([
        ...Object.entries({ ...defaults, ...now }).flatMap(([name, value]) => [
          's',
          name,
          value,
          '',
        ]),
        ...files.flatMap((line) => ['f', ...line]),
      ]);

const evaluated = (id: string, ...servers: readonly Server[]): Result =>
  withFolder((root) => {
    put(root, { 'usr/lib/postgresql/15/bin/postgres': '' });
    const source = auditHost(postgres.filter((each) => each.id === id));
    const body = [
      `postgres_sockets() { PG_SERVERS=(${servers.map(socketOf).join(' ')}); }`,
      'postgres_says() {',
      ...['case $1 in', ...servers.map((each) => `${socketOf(each)}) ${answers(each)} ;;`), 'esac'],
      '}',
      'ask_server() {',
      'case $1:$2:$* in',
      ...servers.flatMap((each) => [
        ...(each.open ?? []).map(
          (name) => `${socketOf(each)}:${quoted(name)}:*nspname*) printf 'public\\0' ;;`,
        ),
        `${socketOf(each)}:postgres:*datname*) ${answer(['postgres', ...(each.open ?? [])])} ;;`,
      ]),
      ...['esac', '}'],
      ...source.body,
    ];
    return onlyResult({ ...source, body }, [`ROOT=${root}`]);
  });

type Case = readonly [servers: readonly Server[], expected: Partial<Result>];
const now = (settings: Readonly<Record<string, string>>): readonly Server[] => [{ now: settings }];
const line = (name: string, value: string, place = '/main/postgresql.conf:5') =>
  [name, value, place] as const;
const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'PL.PG.1': {
    'TLS from 1.2 on': [now({}), { s: 'PASS', e: 'on TLSv1.2 (port 5432)', p: true }],
    'no TLS': [
      now({ ssl: 'off' }),
      { s: 'FAIL', e: 'off', p: false, why: 'port 5432: ssl is off, wanted on' },
    ],
    'TLS from 1.0 on': [now({ ssl_min_protocol_version: 'TLSv1' }), { s: 'FAIL', e: 'TLSv1' }],
    'off though the files say on': [
      [{ now: { ssl: 'off' }, files: [line('ssl', 'on')] }],
      { s: 'FAIL', e: 'off', p: true },
    ],
    'a later line takes it back at the next start': [
      [{ files: [line('ssl', 'on'), line('ssl', 'off', '/postgresql.auto.conf:3')] }],
      {
        s: 'FAIL',
        e: 'on',
        p: false,
        why: 'port 5432: /postgresql.auto.conf:3 sets ssl to off: the next start has it',
      },
    ],
    'the second of two servers': [
      [{}, { port: 5433, now: { ssl: 'off' } }],
      { s: 'FAIL', why: 'port 5433: ssl is off, wanted on' },
    ],
    'one of two does not answer': [
      [{}, { port: 5433, silent: true }],
      { s: 'UNKNOWN', why: 'no answer to user postgres over /run/postgresql/.s.PGSQL.5433' },
    ],
    'one of two does not answer, and the other fails': [
      [{ port: 5431, silent: true }, { now: { ssl: 'off' } }],
      { s: 'FAIL' },
    ],
    'no server runs': [
      [],
      { s: 'UNKNOWN', why: 'no answer to user postgres over /run/postgresql or /tmp' },
    ],
  },
  'PL.PG.2': {
    'SCRAM alone': [now({}), { s: 'PASS' }],
    'MD5 for new ones': [now({ password_encryption: 'md5' }), { s: 'FAIL', e: 'md5' }],
    'MD5 hashes that are left': [
      now({ md5_passwords: 'bob alice' }),
      { s: 'FAIL', why: 'port 5432: md5_passwords is bob alice, wanted none' },
    ],
    'a role that has a setting of its own': [
      now({ roles_with_md5: 'bob' }),
      { s: 'FAIL', e: 'bob' },
    ],
  },
  'PL.PG.3': {
    'no weak line': [now({}), { s: 'PASS' }],
    'a weak line': [
      now({ pg_hba: 'line 9: host md5' }),
      { s: 'FAIL', why: 'port 5432: pg_hba is line 9: host md5, wanted good' },
    ],
    'a map by which everybody is one role': [
      now({ pg_ident: 'any /.* postgres' }),
      { s: 'FAIL', why: 'port 5432: pg_ident is any /.* postgres, wanted good' },
    ],
    'lines that nobody loaded': [now({ 'pg_hba.loaded': 'false' }), { s: 'FAIL' }],
  },
  'PL.PG.4': {
    'nothing for everybody': [now({}), { s: 'PASS', e: 'none none (port 5432)' }],
    'databases for everybody': [
      now({ public_connect: 'shop' }),
      { s: 'FAIL', why: 'port 5432: public_connect is shop, wanted none' },
    ],
    'a schema for everybody': [
      [{ open: ['shop', 'a b'] }],
      { s: 'FAIL', why: 'port 5432: public_create is shop a b, wanted none' },
    ],
  },
  'PL.PG.5': {
    'both are logged': [now({}), { s: 'PASS' }],
    'in the words of PostgreSQL 18': [
      now({ log_connections: 'receipt,authentication' }),
      { s: 'PASS' },
    ],
    'none is': [now({ log_connections: 'off' }), { s: 'FAIL', e: 'off' }],
    'not at all, in the words of PostgreSQL 18': [now({ log_connections: '' }), { s: 'FAIL' }],
    'ends are not': [now({ log_disconnections: 'off' }), { s: 'FAIL' }],
  },
  'PL.PG.6': {
    'beside another': [now({}), { s: 'PASS', e: 'loaded (port 5432)' }],
    'by its folder': [now({ shared_preload_libraries: '$libdir/pgaudit' }), { s: 'PASS' }],
    'not there': [
      now({ shared_preload_libraries: 'pgaudit_too' }),
      { s: 'FAIL', e: 'missing', p: false },
    ],
    'there after a restart': [
      [
        {
          now: { shared_preload_libraries: '' },
          files: [line('shared_preload_libraries', 'pgaudit')],
        },
      ],
      { s: 'FAIL', e: 'missing', p: true },
    ],
  },
  'PL.PG.7': {
    'the host itself': [now({}), { s: 'PASS' }],
    'no address': [now({ listen_addresses: '' }), { s: 'PASS', e: 'none (port 5432)' }],
    'every address': [now({ listen_addresses: '*' }), { s: 'FAIL', e: '*' }],
    'every address among others': [now({ listen_addresses: 'localhost, 0.0.0.0' }), { s: 'FAIL' }],
    ...Object.fromEntries(
      ['0', '::0', '0:0:0:0:0:0:0:0', '00.0.0.0', 'localhost, 0x0'].map(
        (spelling): [string, Case] => [
          `every address, as ${spelling}`,
          [now({ listen_addresses: spelling }), { s: 'FAIL', e: '*' }],
        ],
      ),
    ),
    'one address': [now({ listen_addresses: '10.0.0.5, ::1' }), { s: 'PASS' }],
    'every address at the next start': [
      [{ files: [line('listen_addresses', '*')] }],
      { s: 'FAIL', e: 'localhost', p: false },
    ],
  },
};
const all = Object.entries(cases).flatMap(([id, each]) =>
  Object.entries(each).map(([title, [servers, expected]]) => ({ id, title, servers, expected })),
);

test.each(all)('$id: $title', ({ id, servers, expected }) => {
  expect(evaluated(id, ...servers)).toMatchObject(expected);
});

test('what strangers name is never evaluated', () =>
  withFolder((folder) => {
    const mark = join(folder, 'mark');
    const hostile = `a[$(touch ${mark})]\`touch ${mark}\`'%s"\nf\nssl`;
    const settings = { [hostile]: hostile, md5_passwords: hostile, public_connect: hostile };
    for (const { id } of postgres)
      evaluated(id, { now: settings, files: [line(hostile, hostile, hostile)], open: [hostile] });
    expect(existsSync(mark)).toBe(false);
  }));
