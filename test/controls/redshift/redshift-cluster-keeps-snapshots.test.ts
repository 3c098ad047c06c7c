import { redshiftClusterKeepsSnapshots } from '../../../lib/controls/redshift/redshift-cluster-keeps-snapshots.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(redshiftClusterKeepsSnapshots, {
  rows: {
    'seven days': { given: { cluster }, verdict: 'PASS' },
    'for a day': {
      given: { cluster: { ...cluster, snapshotDays: 1 } },
      verdict: 'FAIL',
      evidence: ['cluster.snapshotDays'],
    },
    'not at all': { given: { cluster: { ...cluster, snapshotDays: 0 } }, verdict: 'FAIL' },
    'for a day, which is enough': {
      given: { cluster: { ...cluster, snapshotDays: 1 } },
      parameters: { minRetentionPeriod: 1 },
      verdict: 'PASS',
    },
  },
});
