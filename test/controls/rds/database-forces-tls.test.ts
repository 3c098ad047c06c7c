import { databaseForcesTls } from '../../../lib/controls/rds/database-forces-tls.ts';
import { testControl } from '../harness.ts';
import { ownGroup } from './groups.ts';

/** A database that is the only one with its group, in which a person has set these values. */
const inUse = (engine: string, version: string, values: Record<string, string> = {}) => ({
  parameters: { engine, version, group: 'own', statuses: ['in-sync'], values },
  parameterGroup: ownGroup(values),
});
const sets = (ParameterName: string, ParameterValue: string) =>
  ({
    risk: 'disruptive',
    calls: ['rds.modifyDBParameterGroup'],
    input: {
      DBParameterGroupName: 'own',
      Parameters: [{ ParameterName, ParameterValue, ApplyMethod: 'immediate' }],
    },
    undo: 'widens',
  }) as const;
const sslPath = 'parameters.values["rds.force_ssl"]';
const transportPath = 'parameters.values["require_secure_transport"]';

testControl(databaseForcesTls, {
  base: { parameters: undefined, parameterGroup: undefined },
  rows: {
    'PostgreSQL: the group forces TLS': {
      given: inUse('postgres', '14.12', { 'rds.force_ssl': '1' }),
      verdict: 'PASS',
    },
    'PostgreSQL 16: the group turns it off': {
      given: inUse('postgres', '16.4', { 'rds.force_ssl': '0' }),
      verdict: 'FAIL',
      plan: sets('rds.force_ssl', '1'),
      evidence: [sslPath],
      reason: /rds.force_ssl is 0 in own/,
    },
    'PostgreSQL 15 forces it where the group says nothing': {
      given: inUse('postgres', '15.8'),
      verdict: 'PASS',
    },
    'PostgreSQL 14 does not': {
      given: inUse('postgres', '14.12'),
      verdict: 'FAIL',
      plan: sets('rds.force_ssl', '1'),
      evidence: [sslPath],
      reason: /own does not set rds.force_ssl/,
    },
    'Aurora PostgreSQL 17 forces it where the group says nothing': {
      given: inUse('aurora-postgresql', '17.4'),
      verdict: 'PASS',
    },
    'Aurora PostgreSQL 16 does not': {
      given: inUse('aurora-postgresql', '16.4'),
      verdict: 'FAIL',
      plan: sets('rds.force_ssl', '1'),
    },
    'SQL Server: the group forces TLS': {
      given: inUse('sqlserver-se', '15.00.4236.7.v1', { 'rds.force_ssl': '1' }),
      verdict: 'PASS',
    },
    'SQL Server: never by default': {
      given: inUse('sqlserver-ex', '16.00.4131.2.v1'),
      verdict: 'FAIL',
      plan: sets('rds.force_ssl', '1'),
    },
    'MySQL: 1': {
      given: inUse('mysql', '8.0.39', { require_secure_transport: '1' }),
      verdict: 'PASS',
    },
    'MySQL: ON': {
      given: inUse('mysql', '8.4.3', { require_secure_transport: 'ON' }),
      verdict: 'PASS',
    },
    'MySQL: OFF': {
      given: inUse('mysql', '8.4.3', { require_secure_transport: 'OFF' }),
      verdict: 'FAIL',
      plan: sets('require_secure_transport', '1'),
      evidence: [transportPath],
    },
    'MySQL: never by default': {
      given: inUse('mysql', '8.4.3'),
      verdict: 'FAIL',
      plan: sets('require_secure_transport', '1'),
    },
    'MySQL 5.6 cannot': { given: inUse('mysql', '5.6.51'), verdict: 'NOT_APPLICABLE' },
    'Aurora MySQL: on': {
      given: inUse('aurora-mysql', '8.0.mysql_aurora.3.05.2', { require_secure_transport: 'on' }),
      verdict: 'PASS',
    },
    'Aurora MySQL: never by default': {
      given: inUse('aurora-mysql', '5.7.mysql_aurora.2.11.5'),
      verdict: 'FAIL',
      plan: sets('require_secure_transport', '1'),
    },
    'MariaDB 11.8 forces it where the group says nothing': {
      given: inUse('mariadb', '11.8.2'),
      verdict: 'PASS',
    },
    'MariaDB 11.4 does not': {
      given: inUse('mariadb', '11.4.4'),
      verdict: 'FAIL',
      plan: sets('require_secure_transport', '1'),
    },
    'MariaDB 10.4 cannot': {
      given: inUse('mariadb', '10.4.34'),
      verdict: 'NOT_APPLICABLE',
      reason: /mariadb 10.4.34 has no parameter/,
    },
    'a reboot is pending': {
      given: {
        parameterGroup: ownGroup(),
        parameters: {
          ...inUse('postgres', '14.12', { 'rds.force_ssl': '1' }).parameters,
          statuses: ['pending-reboot'],
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /right already/ },
      evidence: ['parameters.statuses'],
      reason: /not known to be in effect: pending-reboot/,
    },
    'RDS is applying the group': {
      given: {
        parameters: {
          ...inUse('mysql', '8.0.39', { require_secure_transport: '1' }).parameters,
          statuses: ['applying'],
        },
      },
      verdict: 'UNKNOWN',
      reason: /own is being applied/,
    },
    'RDS is applying a group that turns it off': {
      given: {
        parameterGroup: ownGroup(),
        parameters: {
          ...inUse('mysql', '8.0.39', { require_secure_transport: '0' }).parameters,
          statuses: ['applying'],
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /not in effect yet: applying$/ },
      evidence: [transportPath],
    },
    'the group could not be applied': {
      given: {
        parameterGroup: ownGroup(),
        parameters: {
          ...inUse('mysql', '8.0.39', { require_secure_transport: '1' }).parameters,
          statuses: ['failed-to-apply'],
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /right already/ },
      evidence: ['parameters.statuses'],
    },
    'RDS names no group': {
      given: {
        parameters: { engine: 'postgres', version: '16.4', statuses: [], values: {} },
      },
      verdict: 'UNKNOWN',
    },
    'one member of a cluster was not rebooted': {
      given: {
        parameterGroup: ownGroup(),
        parameters: {
          ...inUse('aurora-postgresql', '16.4', { 'rds.force_ssl': '1' }).parameters,
          statuses: ['in-sync', 'pending-reboot', 'pending-reboot'],
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /right already/ },
      reason: /: pending-reboot$/,
    },
    'a cluster without members': {
      given: {
        parameters: {
          ...inUse('aurora-postgresql', '13.9', { 'rds.force_ssl': '1' }).parameters,
          statuses: [],
        },
      },
      verdict: 'PASS',
    },
    'a member has the group of its cluster': {
      given: {
        parameters: {
          engine: 'aurora-mysql',
          version: '8.0.mysql_aurora.3.05.2',
          cluster: 'sales',
          statuses: [],
          values: {},
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'the group was not found': { given: { parameters: undefined }, verdict: 'UNKNOWN' },
    'Oracle takes it from an option group': {
      given: inUse('oracle-ee', '19.0.0.0.ru-2024-07.rur-2024-07.r1'),
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: inUse('custom-sqlserver-ee', '15.00.4261.1.v1'),
      verdict: 'NOT_APPLICABLE',
    },
    DocumentDB: { given: inUse('docdb', '5.0.0'), verdict: 'NOT_APPLICABLE' },
    'an engine that is not known': {
      given: inUse('something-new', '99', { 'rds.force_ssl': '1' }),
      verdict: 'NOT_APPLICABLE',
    },
    'the group is of AWS': {
      given: {
        ...inUse('postgres', '14.12'),
        parameterGroup: { ...ownGroup(), name: 'default.postgres14' },
      },
      verdict: 'FAIL',
      plan: { proposal: /^default.postgres14 is a group of AWS/ },
    },
    'other databases have the same group': {
      given: { ...inUse('postgres', '14.12'), parameterGroup: { ...ownGroup(), users: 3 } },
      verdict: 'FAIL',
      plan: { proposal: /^own is the group of 3 databases/ },
    },
    'the parameter takes effect at a restart': {
      given: {
        ...inUse('postgres', '14.12'),
        parameterGroup: ownGroup({}, { applyType: 'static' }),
      },
      verdict: 'FAIL',
      plan: { proposal: /is static.*restarted$/ },
    },
    'the parameter cannot be changed': {
      given: {
        ...inUse('postgres', '14.12'),
        parameterGroup: ownGroup({}, { isModifiable: false }),
      },
      verdict: 'FAIL',
      plan: { proposal: /^own does not let rds.force_ssl be changed$/ },
    },
    'the group does not know the parameter': {
      given: { ...inUse('postgres', '14.12'), parameterGroup: { ...ownGroup(), parameters: {} } },
      verdict: 'FAIL',
      plan: { proposal: /does not let/ },
    },
    'the group is gone by now': {
      given: { ...inUse('postgres', '14.12'), parameterGroup: undefined },
      verdict: 'FAIL',
      plan: { proposal: /not found/ },
    },
    'the database is being modified': {
      given: {
        ...inUse('postgres', '14.12'),
        parameterGroup: { ...ownGroup(), status: 'modifying' },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    'a change of the database is pending': {
      given: {
        ...inUse('postgres', '14.12'),
        parameterGroup: { ...ownGroup(), pending: ['MultiAZ'] },
      },
      verdict: 'FAIL',
      plan: { proposal: /^MultiAZ waits/ },
    },
    'another parameter waits for a restart': {
      given: {
        ...inUse('postgres', '14.12'),
        parameters: { ...inUse('postgres', '14.12').parameters, statuses: ['pending-reboot'] },
      },
      verdict: 'FAIL',
      plan: { proposal: /not in effect yet: pending-reboot$/ },
    },
    'Aurora MySQL knows ON and OFF': {
      given: {
        ...inUse('aurora-mysql', '8.0.mysql_aurora.3.05.2', { require_secure_transport: 'OFF' }),
        parameterGroup: ownGroup({ require_secure_transport: 'OFF' }, { allowed: 'ON, OFF' }),
      },
      verdict: 'FAIL',
      plan: sets('require_secure_transport', 'ON'),
    },
    'AWS lists no values': {
      given: { ...inUse('mysql', '8.4.3'), parameterGroup: ownGroup({}, { allowed: '' }) },
      verdict: 'FAIL',
      plan: sets('require_secure_transport', 'ON'),
    },
  },
});
