import fc from 'fast-check';
import * as controls from '../../../lib/controls/s3/index.ts';
import { planOf } from '../../../lib/engine/remediation/planning.ts';
import type { Call, Control } from '../../../lib/model/control.ts';
import { extent, runs } from '../../extent.ts';
import { now } from '../harness.ts';
import { aclOf, groupGrant, open, policyOf, unguarded } from './buckets.ts';

const planning: readonly Control[] = [
  controls.bucketBlocksPublicAccess,
  controls.bucketDeniesPublicRead,
  controls.bucketDeniesPublicWrite,
];
const place = {
  ref: { account: '123456789012', region: 'us-east-1', id: 'example' },
  arn: 'arn:aws:s3:::example',
  at: now,
};
const statements = [
  open({}),
  open({ Action: 's3:*' }),
  open({ Action: 's3:PutObject' }),
  open({ Principal: { AWS: '111122223333' } }),
  open({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }),
  open({ Condition: { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } } }),
];
const blocks = fc.constantFrom(undefined, { BlockPublicAcls: true }, { IgnorePublicAcls: true });
const buckets = fc.record({
  policy: fc
    .subarray(statements)
    .map((some) => (some.length === 0 ? undefined : policyOf(...some))),
  acl: fc.constantFrom(aclOf(), aclOf(groupGrant('global/AllUsers', 'READ'))),
  website: fc.constantFrom(undefined, { index: 'index.html', redirect: undefined }),
  accessPoints: fc.constantFrom(
    [],
    [{ name: 'a', restricts: true }],
    [{ name: 'b', restricts: false }],
  ),
  publicAccessBlock: blocks,
  accountPublicAccessBlock: blocks,
  ownership: fc.constantFrom(undefined, 'BucketOwnerEnforced' as const),
});

test('a block is as safe to turn on, or as doubtful, whichever control plans it', () => {
  let compared = 0;
  fc.assert(
    fc.property(buckets, (bucket) => {
      const state = { ...unguarded, ...bucket };
      const made = new Map<string, boolean>();
      for (const control of planning) {
        if (control.evaluate(state, { ...place, parameters: {} }).status !== 'FAIL') continue;
        const plan = planOf([{ control, parameters: {} }], state, place)?.plan;
        const isSingle =
          plan?.calls?.length === 1 && plan.calls[0]?.operation === 'putPublicAccessBlock';
        if (!plan || !isSingle) continue;
        // What a call turns on beside the block that is in question shuts nobody out who comes now.
        const { RestrictPublicBuckets = false, IgnorePublicAcls = false } = blocksIn(
          plan.calls?.[0],
        );
        const key = `${RestrictPublicBuckets} ${IgnorePublicAcls}`;
        const isSafe = plan.kind === 'calls' && plan.risk === 'safe';
        const before = made.get(key);
        if (before !== undefined) {
          compared++;
          expect([control.id, isSafe]).toEqual([control.id, before]);
        }
        made.set(key, isSafe);
      }
    }),
    runs(2000),
  );
  expect(compared).toBeGreaterThan(extent === 'quick' ? 0 : 20);
});

const blocksIn = (call: Call | undefined): Readonly<Record<string, boolean>> =>
  Object(Reflect.get(Object(call?.input), 'PublicAccessBlockConfiguration'));
