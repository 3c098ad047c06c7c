import { redshiftClusterHasOwnAdminName } from '../../../lib/controls/redshift/redshift-cluster-has-own-admin-name.ts';
import { testControl } from '../harness.ts';

testControl(redshiftClusterHasOwnAdminName, {
  rows: {
    'one of its own': { given: { admin: { hasDefaultName: false } }, verdict: 'PASS' },
    awsuser: {
      given: { admin: { hasDefaultName: true } },
      verdict: 'FAIL',
      evidence: ['admin.hasDefaultName'],
    },
  },
});
