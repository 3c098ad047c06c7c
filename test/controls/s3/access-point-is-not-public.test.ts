import { accessPointIsNotPublic } from '../../../lib/controls/s3/access-point-is-not-public.ts';
import type { Control } from '../../../lib/model/control.ts';
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
const everywhere = { place: { buckets: ['orders', 'orders-west'], isInVpc: false } };
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
    ...Object.fromEntries(
      (
        [
          // Whoever comes by the access point has these.
          ['DataAccessPointAccount', '123456789012'],
          ['DataAccessPointArn', 'arn:aws:s3:us-east-1:123456789012:accesspoint/readers'],
        ] as const
      ).flatMap(([key, value]) => {
        const policy = policyOf(
          read({ Principal: '*', Condition: { StringEquals: { [`s3:${key}`]: value } } }),
        );
        const verdict = 'FAIL' as const;
        return [
          [
            `everybody who comes by an access point, by ${key}`,
            { given: { policy }, verdict, plan },
          ],
          [
            `everybody who comes by an access point, by ${key}, which S3 takes for a fixed value`,
            {
              given: { policy, publicAccessBlock: restricted },
              verdict,
              reason: /changes nothing/,
              plan,
            },
          ],
        ];
      }),
    ),
    'a Deny of all but who comes by the access point': {
      given: {
        policy: policyOf(read({ Principal: '*' }), {
          ...read({ Principal: '*' }),
          Effect: 'Deny',
          Condition: { StringNotEquals: { 's3:DataAccessPointAccount': '123456789012' } },
        }),
      },
      verdict: 'FAIL',
      plan,
    },
    'everybody who comes by one of a set of access points, which is public to S3': {
      given: {
        policy: policyOf(
          read({
            Principal: '*',
            Condition: {
              ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:123456789012:accesspoint/*' },
            },
          }),
        ),
        publicAccessBlock: restricted,
      },
      verdict: 'PASS',
    },
    'who does not sign, whom S3 does not take for the public': {
      given: {
        policy: policyOf(
          read({ Principal: '*', Condition: { StringEquals: { 'aws:userid': 'anonymous' } } }),
        ),
        bucketPublicAccessBlock: restricted,
      },
      verdict: 'FAIL',
      plan,
    },
    'who brings no key, of which S3 does not say': {
      given: {
        policy: policyOf(
          read({
            Principal: '*',
            Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } },
          }),
        ),
        accountPublicAccessBlock: restricted,
      },
      verdict: 'UNKNOWN',
    },
    'everybody may read, and a block keeps new policies out alone': {
      given: { policy: open, accountPublicAccessBlock: { ...off, BlockPublicPolicy: true } },
      verdict: 'FAIL',
      plan: { proposal: /BlockPublicPolicy would refuse/ },
    },
    'everybody may read, in every region': {
      given: { ...everywhere, policy: open },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
      plan,
    },
    'everybody may read in every region, and its own block shuts them out': {
      given: { ...everywhere, policy: open, publicAccessBlock: restricted },
      verdict: 'PASS',
    },
    'everybody may read in every region, and the block of each bucket shuts them out': {
      given: { ...everywhere, policy: open, bucketPublicAccessBlock: restricted },
      verdict: 'PASS',
    },
    // Whosever the buckets are.
    'everybody may read in every region, and the block of the account shuts them out': {
      given: { ...everywhere, policy: open, accountPublicAccessBlock: restricted },
      verdict: 'PASS',
    },
    'nobody but the account, in every region': {
      given: { ...everywhere, policy: policyOf(read({ Principal: { AWS: '123456789012' } })) },
      verdict: 'PASS',
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

describe('the policy of an access point of several regions', () => {
  const { plan: planned, grants = [] } = (accessPointIsNotPublic as unknown as Control).remediation;
  const arn = 'arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap';
  const ref = { account: '123456789012', region: 'us-east-1', id: 'everywhere' };
  const context = { ref, arn, parameters: {}, at: new Date('2026-06-15T12:00:00Z') };
  const state = {
    policy: open,
    place: { buckets: ['orders'], isInVpc: false },
    ...{ publicAccessBlock: off, accountPublicAccessBlock: undefined },
    bucketPublicAccessBlock: undefined,
  };

  it('is only proposed, by the call that S3 takes in one region', () => {
    expect(planned?.(state, context)).toMatchObject({
      kind: 'proposal',
      why: expect.stringContaining('us-west-2'),
      calls: [
        {
          service: 's3control',
          operation: 'putMultiRegionAccessPointPolicy',
          input: {
            AccountId: '123456789012',
            Details: {
              Name: 'everywhere',
              Policy: expect.stringContaining('aws:PrincipalAccount'),
            },
          },
        },
      ],
    });
  });

  it('is no ground to write policies of access points', () => {
    const granted = grants.flatMap((grant) => grant.on({ ref, arn }, state));
    expect(granted).toEqual([]);
  });
});
