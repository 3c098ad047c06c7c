import { databaseHashesPasswordsWithScram } from '../../../lib/controls/rds/database-hashes-passwords-with-scram.ts';
import { testControl } from '../harness.ts';

const inUse = (engine: string, version: string, values: Record<string, string> = {}) => ({
  parameters: { engine, version, group: 'own', statuses: ['in-sync'], values },
});

testControl(databaseHashesPasswordsWithScram, {
  rows: {
    'PostgreSQL 14 does by default': { given: inUse('postgres', '14.12'), verdict: 'PASS' },
    'PostgreSQL 13 does not': {
      given: inUse('postgres', '13.16'),
      verdict: 'FAIL',
      evidence: ['parameters.values["password_encryption"]'],
      reason: /own does not set password_encryption/,
    },
    'PostgreSQL 13: the group does': {
      given: inUse('postgres', '13.16', { password_encryption: 'scram-sha-256' }),
      verdict: 'PASS',
    },
    'PostgreSQL 16: the group sets MD5': {
      given: inUse('postgres', '16.4', { password_encryption: 'md5' }),
      verdict: 'FAIL',
      evidence: ['parameters.values["password_encryption"]'],
      reason: /is md5 in own/,
    },
    'PostgreSQL 12: on means MD5': {
      given: inUse('postgres', '12.20', { password_encryption: 'on' }),
      verdict: 'FAIL',
    },
    'Aurora PostgreSQL 15': {
      given: inUse('aurora-postgresql', '15.7', { password_encryption: 'scram-sha-256' }),
      verdict: 'PASS',
    },
    'Aurora PostgreSQL 13': { given: inUse('aurora-postgresql', '13.12'), verdict: 'FAIL' },
    'old MD5 passwords are still accepted': {
      given: inUse('postgres', '16.4', { 'rds.accepted_password_auth_method': 'md5+scram' }),
      verdict: 'PASS',
    },
    'old MD5 passwords must be refused': {
      given: inUse('postgres', '16.4', { 'rds.accepted_password_auth_method': 'md5+scram' }),
      verdict: 'FAIL',
      parameters: { refusesMd5: true },
      evidence: ['parameters.values["rds.accepted_password_auth_method"]'],
    },
    'old MD5 passwords must be refused and the group says nothing': {
      given: inUse('postgres', '16.4'),
      verdict: 'FAIL',
      parameters: { refusesMd5: true },
      evidence: ['parameters.values["rds.accepted_password_auth_method"]'],
    },
    'old MD5 passwords are refused': {
      given: inUse('postgres', '16.4', { 'rds.accepted_password_auth_method': 'scram' }),
      verdict: 'PASS',
      parameters: { refusesMd5: true },
    },
    'a reboot is pending': {
      given: {
        parameters: { ...inUse('postgres', '16.4').parameters, statuses: ['pending-reboot'] },
      },
      verdict: 'FAIL',
      evidence: ['parameters.statuses'],
    },
    'RDS is applying the group': {
      given: { parameters: { ...inUse('postgres', '16.4').parameters, statuses: ['applying'] } },
      verdict: 'UNKNOWN',
    },
    'the group was not found': { given: { parameters: undefined }, verdict: 'UNKNOWN' },
    'a member has the group of its cluster': {
      given: {
        parameters: {
          engine: 'aurora-postgresql',
          version: '13.12',
          cluster: 'sales',
          statuses: [],
          values: {},
        },
      },
      verdict: 'NOT_APPLICABLE',
    },
    MySQL: {
      given: inUse('mysql', '8.0.39'),
      verdict: 'NOT_APPLICABLE',
      reason: /mysql is not PostgreSQL/,
    },
    'an engine that is not known': {
      given: inUse('postgres-new', '20'),
      verdict: 'NOT_APPLICABLE',
    },
  },
});
