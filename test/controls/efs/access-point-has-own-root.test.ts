import { accessPointHasOwnRoot } from '../../../lib/controls/efs/access-point-has-own-root.ts';
import { testControl } from '../harness.ts';

const accessPoint = { state: 'available' as const, root: '/orders', hasUser: true };

testControl(accessPointHasOwnRoot, {
  rows: {
    'a directory': { given: { accessPoint }, verdict: 'PASS' },
    'the whole file system': {
      given: { accessPoint: { ...accessPoint, root: '/' } },
      verdict: 'FAIL',
      evidence: ['accessPoint.root'],
    },
  },
});
