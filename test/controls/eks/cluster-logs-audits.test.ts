import { clusterLogsAudits } from '../../../lib/controls/eks/cluster-logs-audits.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(clusterLogsAudits, {
  rows: {
    'it does': { given: { cluster }, verdict: 'PASS' },
    'other logs': {
      given: { cluster: { ...cluster, logs: ['api', 'scheduler'] } },
      verdict: 'FAIL',
      evidence: ['cluster.logs'],
    },
    none: { given: { cluster: { ...cluster, logs: [] } }, verdict: 'FAIL' },
  },
});
