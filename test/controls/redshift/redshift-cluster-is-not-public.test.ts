import { redshiftClusterIsNotPublic } from '../../../lib/controls/redshift/redshift-cluster-is-not-public.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(redshiftClusterIsNotPublic, {
  rows: {
    'as it should be': { given: { cluster }, verdict: 'PASS' },
    'as it should not be': {
      given: { cluster: { ...cluster, isPublic: true } },
      verdict: 'FAIL',
      evidence: ['cluster.isPublic'],
    },
  },
});
