import { defineHostControls, type Setting } from '../control.ts';

const ofServer = (...settings: readonly Setting[]) => ({ kind: 'postgres', settings }) as const;
const is = (name: string, value: string, set = value): Setting => ({
  name,
  expect: { is: value },
  set,
});

/** Servers of PostgreSQL that somebody runs on the host, each by its socket, as user postgres. */
export const postgres = defineHostControls([
  {
    id: 'PL.PG.1',
    area: 'postgres',
    title: 'PostgreSQL offers TLS, from 1.2 on',
    severity: 'HIGH',
    rationale: 'Without TLS passwords and rows can be read on their way.',
    references: {},
    where: ['postgres'],
    check: ofServer(is('ssl', 'on'), {
      name: 'ssl_min_protocol_version',
      expect: { oneOf: ['TLSv1.2', 'TLSv1.3'] },
    }),
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      advice:
        'Give it a certificate and its key, then ALTER SYSTEM SET ssl = on and ssl_min_protocol_version = TLSv1.2, and reload.',
    },
  },
  {
    id: 'PL.PG.2',
    area: 'postgres',
    title: 'Passwords are kept as SCRAM-SHA-256',
    severity: 'MEDIUM',
    rationale: 'Who has an MD5 hash can log in with it, without the password.',
    references: {},
    where: ['postgres'],
    check: ofServer(
      is('password_encryption', 'scram-sha-256'),
      is('roles_with_md5', 'none'),
      is('md5_passwords', 'none'),
    ),
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'ALTER SYSTEM SET password_encryption = scram-sha-256, reload, and set the passwords of the named roles anew. Old clients know no SCRAM.',
    },
  },
  {
    id: 'PL.PG.3',
    area: 'postgres',
    title: 'Nobody comes into PostgreSQL without proof, and from elsewhere only with TLS',
    severity: 'HIGH',
    rationale: 'With trust anybody is anyone; password and md5 give the proof away.',
    references: {},
    where: ['postgres'],
    check: ofServer(is('pg_hba', 'good'), is('pg_ident', 'good'), is('pg_hba.loaded', 'true')),
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Write hostssl for host and scram-sha-256 for trust, password and md5, keep a line local all postgres peer, let no map of pg_ident.conf make everybody one role, and reload once pg_hba_file_rules shows no error.',
    },
  },
  {
    id: 'PL.PG.4',
    area: 'postgres',
    title: 'PUBLIC may not connect to databases nor create objects in them',
    severity: 'MEDIUM',
    rationale: 'What everybody may create in schema public can stand in for a function of others.',
    references: {},
    where: ['postgres'],
    check: ofServer(is('public_create', 'none'), is('public_connect', 'none')),
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'GRANT CONNECT to the roles that need a database, then REVOKE CONNECT, TEMPORARY ON it, and CREATE ON SCHEMA public, FROM PUBLIC.',
    },
  },
  {
    id: 'PL.PG.5',
    area: 'postgres',
    title: 'Connections and their ends are logged',
    severity: 'LOW',
    rationale: 'Nothing else says who was in the database, and when.',
    references: {},
    where: ['postgres'],
    check: ofServer(
      { name: 'log_connections', expect: { noneOf: ['off', 'none'] }, set: 'on' },
      is('log_disconnections', 'on'),
    ),
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'ALTER SYSTEM SET log_connections = on and log_disconnections = on, and reload.',
    },
  },
  {
    id: 'PL.PG.6',
    area: 'postgres',
    title: 'PostgreSQL has pgaudit loaded',
    severity: 'LOW',
    rationale: 'Without it statements are logged as they were sent, not as what they read.',
    references: {},
    where: ['postgres'],
    check: ofServer(is('pgaudit', 'loaded')),
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      advice:
        'Install pgaudit, add it to shared_preload_libraries and restart PostgreSQL; until then nothing has changed.',
    },
  },
  {
    id: 'PL.PG.7',
    area: 'postgres',
    title: 'PostgreSQL does not listen on every address',
    severity: 'MEDIUM',
    rationale: 'One rule too many in a security group, and the database is on the internet.',
    references: {},
    where: ['postgres'],
    check: ofServer({ name: 'listen_addresses', expect: { noneOf: ['*', '0.0.0.0', '::'] } }),
    remediation: {
      fix: 'report',
      advice:
        'Set listen_addresses to the addresses that clients use, and restart PostgreSQL; or see that the security group lets in nobody else.',
    },
  },
]);
