import { databasePublishesLogs } from '../../../lib/controls/rds/database-publishes-logs.ts';
import { testControl } from '../harness.ts';

const plan = { risk: 'disruptive', calls: ['rds.modifyDBInstance'] } as const;
const logTypes = ['agent', 'alert', 'audit', 'error', 'general', 'listener', 'postgresql'];
const exportableLogs = [...logTypes, 'slowquery', 'trace', 'upgrade'];
const enables = (...EnableLogTypes: readonly string[]) => ({
  ...plan,
  input: { CloudwatchLogsExportConfiguration: { EnableLogTypes } },
});

testControl(databasePublishesLogs, {
  base: { instance: {}, exportableLogs },
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
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          EnabledCloudwatchLogsExports: ['error', 'slowquery'],
        },
      },
      verdict: 'FAIL',
      plan: enables('audit', 'general'),
      evidence: ['instance.EnabledCloudwatchLogsExports'],
      reason: /: audit, general$/,
    },
    'MySQL: none': {
      given: { instance: { DBInstanceStatus: 'available', Engine: 'mysql' } },
      verdict: 'FAIL',
      plan: enables('audit', 'error', 'general', 'slowquery'),
    },
    'MySQL: the others are being turned on': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          EnabledCloudwatchLogsExports: ['error'],
          PendingModifiedValues: {
            PendingCloudwatchLogsExports: { LogTypesToEnable: ['audit', 'general', 'slowquery'] },
          },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^PendingCloudwatchLogsExports waits/ },
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
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          EnabledCloudwatchLogsExports: ['postgresql'],
        },
      },
      verdict: 'FAIL',
      plan,
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
          DBInstanceStatus: 'available',
          Engine: 'oracle-se2',
          EnabledCloudwatchLogsExports: ['alert', 'listener', 'trace'],
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'SQL Server: both': {
      given: {
        instance: { Engine: 'sqlserver-ee', EnabledCloudwatchLogsExports: ['agent', 'error'] },
      },
      verdict: 'PASS',
    },
    'SQL Server: no agent': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'sqlserver-web',
          EnabledCloudwatchLogsExports: ['error'],
        },
      },
      verdict: 'FAIL',
      plan,
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
          DBInstanceStatus: 'available',
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          EnabledCloudwatchLogsExports: ['error', 'general', 'slowquery'],
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /a member of sales/ },
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
    'a version that has no audit log': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          EngineVersion: '9.7.0',
          EnabledCloudwatchLogsExports: ['general'],
        },
        exportableLogs: ['error', 'general', 'slowquery'],
      },
      verdict: 'FAIL',
      plan: { proposal: /^mysql 9.7.0 cannot publish audit$/ },
    },
  },
});
