import { accessPointHasOwnUser } from '../../../lib/controls/efs/access-point-has-own-user.ts';
import { testControl } from '../harness.ts';

const accessPoint = { state: 'available' as const, root: '/orders', hasUser: true };

testControl(accessPointHasOwnUser, {
  rows: {
    'its own user': { given: { accessPoint }, verdict: 'PASS' },
    'whoever a client says': {
      given: { accessPoint: { ...accessPoint, hasUser: false } },
      verdict: 'FAIL',
      evidence: ['accessPoint.hasUser'],
    },
  },
});
