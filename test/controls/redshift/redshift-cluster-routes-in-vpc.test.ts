import { redshiftClusterRoutesInVpc } from '../../../lib/controls/redshift/redshift-cluster-routes-in-vpc.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(redshiftClusterRoutesInVpc, {
  rows: {
    'as it should be': { given: { cluster }, verdict: 'PASS' },
    'as it should not be': {
      given: { cluster: { ...cluster, routesInVpc: false } },
      verdict: 'FAIL',
      evidence: ['cluster.routesInVpc'],
    },
  },
});
