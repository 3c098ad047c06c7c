import { auroraMysqlPublishesAuditLog } from '../../../lib/controls/rds/aurora-mysql-publishes-audit-log.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /parameters of the DB cluster parameter group/ };
const evidence = ['cluster.EnabledCloudwatchLogsExports'];

testControl(auroraMysqlPublishesAuditLog, {
  rows: {
    'the audit log alone': {
      given: { cluster: { Engine: 'aurora-mysql', EnabledCloudwatchLogsExports: ['audit'] } },
      verdict: 'PASS',
    },
    'all logs': {
      given: {
        cluster: {
          Engine: 'aurora-mysql',
          EnabledCloudwatchLogsExports: ['error', 'general', 'audit', 'slowquery'],
        },
      },
      verdict: 'PASS',
    },
    'RDS shows no list where nothing is published': {
      given: { cluster: { Engine: 'aurora-mysql', Status: 'available' } },
      verdict: 'FAIL',
      plan,
      evidence,
    },
    'every log but the audit log': {
      given: {
        cluster: {
          Engine: 'aurora-mysql',
          EnabledCloudwatchLogsExports: ['error', 'general', 'slowquery'],
        },
      },
      verdict: 'FAIL',
      plan,
      evidence,
      reason: /^the audit log is not published/,
    },
    'Aurora MySQL by its first name': {
      given: { cluster: { Engine: 'aurora', EnabledCloudwatchLogsExports: [] } },
      verdict: 'FAIL',
      plan,
      evidence,
    },
    'Aurora Serverless v1': {
      given: { cluster: { Engine: 'aurora-mysql', EngineMode: 'serverless' } },
      verdict: 'NOT_APPLICABLE',
    },
    'Aurora Serverless v2, which is provisioned': {
      given: { cluster: { Engine: 'aurora-mysql', EngineMode: 'provisioned' } },
      verdict: 'FAIL',
      plan,
      evidence,
    },
    'it is being created': {
      given: { cluster: { Engine: 'aurora-mysql', Status: 'creating' } },
      verdict: 'NOT_APPLICABLE',
    },
    'Aurora PostgreSQL': {
      given: { cluster: { Engine: 'aurora-postgresql' } },
      verdict: 'NOT_APPLICABLE',
    },
    'a Multi-AZ cluster of MySQL': {
      given: { cluster: { Engine: 'mysql' } },
      verdict: 'NOT_APPLICABLE',
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb' } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
