import { redshiftClusterIsEncrypted } from '../../../lib/controls/redshift/redshift-cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(redshiftClusterIsEncrypted, {
  rows: {
    'as it should be': { given: { cluster }, verdict: 'PASS' },
    'as it should not be': {
      given: { cluster: { ...cluster, isEncrypted: false } },
      verdict: 'FAIL',
      evidence: ['cluster.isEncrypted'],
    },
  },
});
