import { databaseForcesTls } from '../../../lib/controls/rds/database-forces-tls.ts';
import { testControl } from '../harness.ts';

const inUse = (engine: string, version: string, values: Record<string, string> = {}) => ({
  parameters: { engine, version, group: 'own', statuses: ['in-sync'], values },
});
const sslPath = 'parameters.values["rds.force_ssl"]';
const transportPath = 'parameters.values["require_secure_transport"]';

testControl(databaseForcesTls, {
  rows: {
    'PostgreSQL: the group forces TLS': {
      given: inUse('postgres', '14.12', { 'rds.force_ssl': '1' }),
      verdict: 'PASS',
    },
    'PostgreSQL 16: the group turns it off': {
      given: inUse('postgres', '16.4', { 'rds.force_ssl': '0' }),
      verdict: 'FAIL',
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
    },
    'SQL Server: the group forces TLS': {
      given: inUse('sqlserver-se', '15.00.4236.7.v1', { 'rds.force_ssl': '1' }),
      verdict: 'PASS',
    },
    'SQL Server: never by default': {
      given: inUse('sqlserver-ex', '16.00.4131.2.v1'),
      verdict: 'FAIL',
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
      evidence: [transportPath],
    },
    'MySQL: never by default': { given: inUse('mysql', '8.4.3'), verdict: 'FAIL' },
    'MySQL 5.6 cannot': { given: inUse('mysql', '5.6.51'), verdict: 'NOT_APPLICABLE' },
    'Aurora MySQL: on': {
      given: inUse('aurora-mysql', '8.0.mysql_aurora.3.05.2', { require_secure_transport: 'on' }),
      verdict: 'PASS',
    },
    'Aurora MySQL: never by default': {
      given: inUse('aurora-mysql', '5.7.mysql_aurora.2.11.5'),
      verdict: 'FAIL',
    },
    'MariaDB 11.8 forces it where the group says nothing': {
      given: inUse('mariadb', '11.8.2'),
      verdict: 'PASS',
    },
    'MariaDB 11.4 does not': { given: inUse('mariadb', '11.4.4'), verdict: 'FAIL' },
    'MariaDB 10.4 cannot': {
      given: inUse('mariadb', '10.4.34'),
      verdict: 'NOT_APPLICABLE',
      reason: /mariadb 10.4.34 has no parameter/,
    },
    'a reboot is pending': {
      given: {
        parameters: {
          ...inUse('postgres', '14.12', { 'rds.force_ssl': '1' }).parameters,
          statuses: ['pending-reboot'],
        },
      },
      verdict: 'FAIL',
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
        parameters: {
          ...inUse('mysql', '8.0.39', { require_secure_transport: '0' }).parameters,
          statuses: ['applying'],
        },
      },
      verdict: 'FAIL',
      evidence: [transportPath],
    },
    'the group could not be applied': {
      given: {
        parameters: {
          ...inUse('mysql', '8.0.39', { require_secure_transport: '1' }).parameters,
          statuses: ['failed-to-apply'],
        },
      },
      verdict: 'FAIL',
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
        parameters: {
          ...inUse('aurora-postgresql', '16.4', { 'rds.force_ssl': '1' }).parameters,
          statuses: ['in-sync', 'pending-reboot', 'pending-reboot'],
        },
      },
      verdict: 'FAIL',
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
  },
});
