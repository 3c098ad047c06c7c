import { databasePublishesLogs } from '../../../lib/controls/rds/database-publishes-logs.ts';
import { testControl } from '../harness.ts';

testControl(databasePublishesLogs, {
  rows: {
    'MySQL: all four': {
      given: {
        instance: {
          Engine: 'mysql',
          EnabledCloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'],
        },
      },
      verdict: 'PASS',
    },
    'MySQL: two of four': {
      given: {
        instance: { Engine: 'mysql', EnabledCloudwatchLogsExports: ['error', 'slowquery'] },
      },
      verdict: 'FAIL',
      evidence: ['instance.EnabledCloudwatchLogsExports'],
      reason: /: audit, general$/,
    },
    'MySQL: none': { given: { instance: { Engine: 'mysql' } }, verdict: 'FAIL' },
    'MySQL: the others are being turned on': {
      given: {
        instance: {
          Engine: 'mysql',
          EnabledCloudwatchLogsExports: ['error'],
          PendingModifiedValues: {
            PendingCloudwatchLogsExports: { LogTypesToEnable: ['audit', 'general', 'slowquery'] },
          },
        },
      },
      verdict: 'FAIL',
      reason: /\(pending: audit, general, slowquery\)/,
    },
    'MariaDB: all four and one more': {
      given: {
        instance: {
          Engine: 'mariadb',
          EnabledCloudwatchLogsExports: [
            'audit',
            'error',
            'general',
            'slowquery',
            'iam-db-auth-error',
          ],
        },
      },
      verdict: 'PASS',
    },
    'PostgreSQL: both': {
      given: {
        instance: { Engine: 'postgres', EnabledCloudwatchLogsExports: ['postgresql', 'upgrade'] },
      },
      verdict: 'PASS',
    },
    'PostgreSQL: no upgrade': {
      given: { instance: { Engine: 'postgres', EnabledCloudwatchLogsExports: ['postgresql'] } },
      verdict: 'FAIL',
      reason: /: upgrade$/,
    },
    'Oracle: all four': {
      given: {
        instance: {
          Engine: 'oracle-ee-cdb',
          EnabledCloudwatchLogsExports: ['alert', 'audit', 'listener', 'trace'],
        },
      },
      verdict: 'PASS',
    },
    'Oracle: no audit': {
      given: {
        instance: {
          Engine: 'oracle-se2',
          EnabledCloudwatchLogsExports: ['alert', 'listener', 'trace'],
        },
      },
      verdict: 'FAIL',
    },
    'SQL Server: both': {
      given: {
        instance: { Engine: 'sqlserver-ee', EnabledCloudwatchLogsExports: ['agent', 'error'] },
      },
      verdict: 'PASS',
    },
    'SQL Server: no agent': {
      given: { instance: { Engine: 'sqlserver-web', EnabledCloudwatchLogsExports: ['error'] } },
      verdict: 'FAIL',
    },
    'Aurora MySQL shows the logs of its cluster': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          EnabledCloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'],
        },
      },
      verdict: 'PASS',
    },
    'Aurora MySQL: no audit': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          EnabledCloudwatchLogsExports: ['error', 'general', 'slowquery'],
        },
      },
      verdict: 'FAIL',
    },
    'Aurora PostgreSQL needs no upgrade': {
      given: {
        instance: {
          Engine: 'aurora-postgresql',
          DBClusterIdentifier: 'sales',
          EnabledCloudwatchLogsExports: ['postgresql'],
        },
      },
      verdict: 'PASS',
    },
    Db2: { given: { instance: { Engine: 'db2-se' } }, verdict: 'NOT_APPLICABLE' },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-oracle-ee' } },
      verdict: 'NOT_APPLICABLE',
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', EnabledCloudwatchLogsExports: ['audit'] } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is being created': {
      given: { instance: { Engine: 'mysql', DBInstanceStatus: 'creating' } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
