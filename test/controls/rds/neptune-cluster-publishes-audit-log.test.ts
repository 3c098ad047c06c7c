import { neptuneClusterPublishesAuditLog } from '../../../lib/controls/rds/neptune-cluster-publishes-audit-log.ts';
import { testControl } from '../harness.ts';

testControl(neptuneClusterPublishesAuditLog, {
  rows: {
    'it is as it should be': {
      given: { cluster: { Engine: 'neptune', EnabledCloudwatchLogsExports: ['audit'] } },
      verdict: 'PASS',
    },
    'it is not': {
      given: {
        cluster: {
          Engine: 'neptune',
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
          Engine: 'neptune',
          Status: 'modifying',
          EnabledCloudwatchLogsExports: ['profiler'],
        },
      },
      verdict: 'FAIL',
    },
    'nothing is said of it': {
      given: { cluster: { Engine: 'neptune' } },
      verdict: 'FAIL',
    },
    'it is still being created': {
      given: {
        cluster: {
          Engine: 'neptune',
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
      given: { cluster: { Engine: 'docdb', EnabledCloudwatchLogsExports: ['profiler'] } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': {
      given: { cluster: { EnabledCloudwatchLogsExports: ['audit'] } },
      verdict: 'UNKNOWN',
    },
  },
});
