import { databaseHashesPasswordsWithScram } from '../../../lib/controls/rds/database-hashes-passwords-with-scram.ts';
import { testControl } from '../harness.ts';
import { ownGroup } from './groups.ts';

/** A database that is the only one with its group, in which a person has set these values. */
const inUse = (engine: string, version: string, values: Record<string, string> = {}) => ({
  parameters: { engine, version, group: 'own', statuses: ['in-sync'], values },
  parameterGroup: ownGroup(values),
});
const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBParameterGroup'],
  input: {
    Parameters: [
      {
        ParameterName: 'password_encryption',
        ParameterValue: 'scram-sha-256',
        ApplyMethod: 'immediate',
      },
    ],
  },
  undo: 'widens',
} as const;
const locksOut = { proposal: /locked out/ };

testControl(databaseHashesPasswordsWithScram, {
  base: { parameters: undefined, parameterGroup: undefined },
  rows: {
    'PostgreSQL 14 does by default': { given: inUse('postgres', '14.12'), verdict: 'PASS' },
    'PostgreSQL 13 does not': {
      given: inUse('postgres', '13.16'),
      verdict: 'FAIL',
      plan: plan,
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
      plan: plan,
      evidence: ['parameters.values["password_encryption"]'],
      reason: /is md5 in own/,
    },
    'PostgreSQL 12: on means MD5': {
      given: inUse('postgres', '12.20', { password_encryption: 'on' }),
      verdict: 'FAIL',
      plan: plan,
    },
    'Aurora PostgreSQL 15': {
      given: inUse('aurora-postgresql', '15.7', { password_encryption: 'scram-sha-256' }),
      verdict: 'PASS',
    },
    'Aurora PostgreSQL 13': {
      given: inUse('aurora-postgresql', '13.12'),
      verdict: 'FAIL',
      plan: plan,
    },
    'old MD5 passwords are still accepted': {
      given: inUse('postgres', '16.4', { 'rds.accepted_password_auth_method': 'md5+scram' }),
      verdict: 'PASS',
    },
    'old MD5 passwords must be refused': {
      given: inUse('postgres', '16.4', { 'rds.accepted_password_auth_method': 'md5+scram' }),
      verdict: 'FAIL',
      plan: locksOut,
      parameters: { refusesMd5: true },
      evidence: ['parameters.values["rds.accepted_password_auth_method"]'],
    },
    'old MD5 passwords must be refused and the group says nothing': {
      given: inUse('postgres', '16.4'),
      verdict: 'FAIL',
      plan: locksOut,
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
        parameterGroup: ownGroup(),
        parameters: { ...inUse('postgres', '16.4').parameters, statuses: ['pending-reboot'] },
      },
      verdict: 'FAIL',
      plan: { proposal: /right already/ },
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
    'the group is of AWS': {
      given: {
        ...inUse('postgres', '13.16'),
        parameterGroup: { ...ownGroup(), name: 'default.postgres13' },
      },
      verdict: 'FAIL',
      plan: { proposal: /^default.postgres13 is a group of AWS/ },
    },
    'other databases have the same group': {
      given: { ...inUse('postgres', '13.16'), parameterGroup: { ...ownGroup(), users: 3 } },
      verdict: 'FAIL',
      plan: { proposal: /^own is the group of 3 databases/ },
    },
    'the parameter takes effect at a restart': {
      given: {
        ...inUse('postgres', '13.16'),
        parameterGroup: ownGroup({}, { applyType: 'static' }),
      },
      verdict: 'FAIL',
      plan: { proposal: /is static.*restarted$/ },
    },
    'the parameter cannot be changed': {
      given: {
        ...inUse('postgres', '13.16'),
        parameterGroup: ownGroup({}, { isModifiable: false }),
      },
      verdict: 'FAIL',
      plan: { proposal: /^own does not let password_encryption be changed$/ },
    },
    'the group does not know the parameter': {
      given: { ...inUse('postgres', '13.16'), parameterGroup: { ...ownGroup(), parameters: {} } },
      verdict: 'FAIL',
      plan: { proposal: /does not let/ },
    },
    'the group is gone by now': {
      given: { ...inUse('postgres', '13.16'), parameterGroup: undefined },
      verdict: 'FAIL',
      plan: { proposal: /not found/ },
    },
    'the database is being modified': {
      given: {
        ...inUse('postgres', '13.16'),
        parameterGroup: { ...ownGroup(), status: 'modifying' },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    'a change of the database is pending': {
      given: {
        ...inUse('postgres', '13.16'),
        parameterGroup: { ...ownGroup(), pending: ['MultiAZ'] },
      },
      verdict: 'FAIL',
      plan: { proposal: /^MultiAZ waits/ },
    },
    'another parameter waits for a restart': {
      given: {
        ...inUse('postgres', '13.16'),
        parameters: { ...inUse('postgres', '13.16').parameters, statuses: ['pending-reboot'] },
      },
      verdict: 'FAIL',
      plan: { proposal: /not in effect yet: pending-reboot$/ },
    },
  },
});
