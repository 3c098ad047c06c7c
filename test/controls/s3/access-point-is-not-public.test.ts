import { accessPointIsNotPublic } from '../../../lib/controls/s3/access-point-is-not-public.ts';
import { testControl } from '../harness.ts';
import { allowing, metByAnybody, policyOf, rowsOfAny } from '../policies.ts';

const read = allowing('s3:GetObject');
const open = policyOf(read({ Principal: '*' }));
const off = {
  BlockPublicAcls: false,
  BlockPublicPolicy: false,
  IgnorePublicAcls: false,
  RestrictPublicBuckets: false,
};
const restricted = { ...off, RestrictPublicBuckets: true };
const plan = { risk: 'safe', calls: ['s3control.putAccessPointPolicy'], undo: 'widens' } as const;

testControl(accessPointIsNotPublic, {
  base: {
    policy: undefined,
    place: { bucket: 'orders', isInVpc: false },
    publicAccessBlock: off,
    accountPublicAccessBlock: undefined,
    bucketPublicAccessBlock: undefined,
  },
  rows: {
    ...rowsOfAny('s3:GetObject'),
    'no policy': { given: { policy: undefined }, verdict: 'PASS' },
    'everybody may read': {
      given: { policy: open },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
      plan,
    },
    'everybody may read, of a bucket of another account': {
      given: {
        policy: open,
        place: { bucket: undefined, isInVpc: false },
        accountPublicAccessBlock: restricted,
      },
      verdict: 'FAIL',
      plan,
    },
    'everybody may read, and its own block shuts them out': {
      given: { policy: open, publicAccessBlock: restricted },
      verdict: 'PASS',
    },
    'everybody may read, and the block of its bucket shuts them out': {
      given: { policy: open, bucketPublicAccessBlock: restricted },
      verdict: 'PASS',
    },
    'everybody may read, and the block of the account shuts them out': {
      given: { policy: open, accountPublicAccessBlock: restricted },
      verdict: 'PASS',
    },
    'everybody may read, and a block keeps new policies out alone': {
      given: { policy: open, accountPublicAccessBlock: { ...off, BlockPublicPolicy: true } },
      verdict: 'FAIL',
      plan: { proposal: /BlockPublicPolicy would refuse/ },
    },
    'everybody of one VPC may read': {
      given: { policy: open, place: { bucket: 'orders', isInVpc: true } },
      verdict: 'NOT_APPLICABLE',
    },
    ...Object.fromEntries(
      Object.entries(metByAnybody).map(([title, Condition]) => [
        title,
        {
          given: { policy: policyOf(read({ Principal: { AWS: '*' }, Condition })) },
          verdict: 'FAIL' as const,
          plan,
        },
      ]),
    ),
  },
});
