import { redshiftClusterUpgradesItself } from '../../../lib/controls/redshift/redshift-cluster-upgrades-itself.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(redshiftClusterUpgradesItself, {
  rows: {
    'as it should be': { given: { cluster }, verdict: 'PASS' },
    'as it should not be': {
      given: { cluster: { ...cluster, upgradesItself: false } },
      verdict: 'FAIL',
      evidence: ['cluster.upgradesItself'],
    },
  },
});
