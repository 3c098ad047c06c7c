import { documentdbClusterPublishesAuditLog } from '../../../lib/controls/rds/documentdb-cluster-publishes-audit-log.ts';
import { testControl } from '../harness.ts';

testControl(documentdbClusterPublishesAuditLog, {
  rows: {
    'it is as it should be': {
      given: { cluster: { Engine: 'docdb', EnabledCloudwatchLogsExports: ['audit'] } },
      verdict: 'PASS',
    },
    'it is not': {
      given: {
        cluster: {
          Engine: 'docdb',
          Status: 'available',
          EnabledCloudwatchLogsExports: ['profiler'],
        },
      },
      verdict: 'FAIL',
      evidence: ['cluster.EnabledCloudwatchLogsExports'],
    },
    'it is not, and is being changed': {
      given: {
        cluster: {
          Engine: 'docdb',
          Status: 'modifying',
          EnabledCloudwatchLogsExports: ['profiler'],
        },
      },
      verdict: 'FAIL',
    },
    'nothing is said of it': {
      given: { cluster: { Engine: 'docdb' } },
      verdict: 'FAIL',
    },
    'it is still being created': {
      given: {
        cluster: {
          Engine: 'docdb',
          Status: 'creating',
          EnabledCloudwatchLogsExports: ['profiler'],
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is of Aurora': {
      given: { cluster: { Engine: 'aurora-mysql', EnabledCloudwatchLogsExports: ['profiler'] } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is of the other one': {
      given: { cluster: { Engine: 'neptune', EnabledCloudwatchLogsExports: ['profiler'] } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': {
      given: { cluster: { EnabledCloudwatchLogsExports: ['audit'] } },
      verdict: 'UNKNOWN',
    },
  },
});
