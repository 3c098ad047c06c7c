import { redshiftClusterRequiresTls } from '../../../lib/controls/redshift/redshift-cluster-requires-tls.ts';
import { testControl } from '../harness.ts';

const group = { group: 'orders', isRequired: true, status: 'in-sync' };
testControl(redshiftClusterRequiresTls, {
  rows: {
    'TLS is required': { given: { tls: [group] }, verdict: 'PASS' },
    'it is not': {
      given: { tls: [{ ...group, isRequired: false }] },
      verdict: 'FAIL',
      evidence: ['tls[0].isRequired'],
    },
    'it is once the cluster restarts': {
      given: { tls: [{ ...group, status: 'pending-reboot' }] },
      verdict: 'FAIL',
      evidence: ['tls[0].status'],
    },
    'of two groups one does': {
      given: { tls: [group, { ...group, isRequired: false }] },
      verdict: 'FAIL',
    },
    'no group is shown': { given: { tls: [] }, verdict: 'FAIL' },
    'no status is shown': { given: { tls: [{ ...group, status: undefined }] }, verdict: 'PASS' },
  },
});
