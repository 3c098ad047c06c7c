import { clusterTakesAccessEntries } from '../../../lib/controls/eks/cluster-takes-access-entries.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(clusterTakesAccessEntries, {
  rows: {
    'it does, beside a ConfigMap or alone': { given: { cluster }, verdict: 'PASS' },
    'a ConfigMap alone': {
      given: { cluster: { ...cluster, takesEntries: false } },
      verdict: 'FAIL',
      evidence: ['cluster.takesEntries'],
    },
  },
});
