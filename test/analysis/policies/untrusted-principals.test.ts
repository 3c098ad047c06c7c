import fc from 'fast-check';
import { parsePolicy } from '../../../lib/analysis/policies/policy-document.ts';
import { isAnybody, trustees } from '../../../lib/controls/iam/shared/trust-policy.ts';
import { bucketRequiresTls } from '../../../lib/controls/s3/bucket-requires-tls.ts';
import { publicStatements } from '../../../lib/controls/s3/shared/bucket-policy.ts';
import { now } from '../../controls/harness.ts';
import { runs } from '../../extent.ts';
import { bucket, bucketPolicies, tlsPolicies, trustPolicies } from './policy-arbitraries.ts';
import { isAllowed, type RawStatement } from './policy-evaluation.ts';
import { untrustedCallers } from './untrusted-principals.ts';

const read = (Statement: readonly RawStatement[]) => {
  const policy = parsePolicy(JSON.stringify({ Statement }));
  if ('unreadable' in policy) throw new Error(policy.unreadable);
  return policy.statements;
};

const actions = {
  read: ['s3:GetObject', 's3:ListBucket', 's3:GetBucketAcl'],
  write: ['s3:PutObject', 's3:DeleteObject', 's3:PutBucketPolicy'],
} as const;
const resources = [bucket, `${bucket}/a`, `${bucket}/logs/a`];
const isOpen = (policy: readonly RawStatement[], access: 'read' | 'write') =>
  untrustedCallers.some((caller) =>
    actions[access].some((action) =>
      resources.some((resource) => isAllowed(policy, { caller, action, resource })),
    ),
  );
const signing = untrustedCallers.filter(({ ids }) => ids.length > 0);
const isAssumable = (policy: readonly RawStatement[]) =>
  signing.some((caller) => isAllowed(policy, { caller, action: 'sts:AssumeRole', resource: '' }));

const ref = { account: '123456789012', region: 'us-east-1', id: 'example' };
const requiresTls = (Statement: readonly RawStatement[]) =>
  bucketRequiresTls.evaluate(
    { policy: JSON.stringify({ Statement }) },
    { ref, parameters: {}, at: now },
  ).status === 'PASS';
const plain = untrustedCallers.filter(
  ({ context }) => context['aws:securetransport']?.[0] === 'false',
);
const answersPlainHttp = (policy: readonly RawStatement[]) =>
  plain.some((caller) =>
    [...actions.read, ...actions.write].some((action) =>
      resources.some((resource) => isAllowed(policy, { caller, action, resource })),
    ),
  );

const examples = runs(400);

describe('what strangers are let do', () => {
  it('is found by both sides in some policies and not in others', () => {
    const samples = fc.sample(bucketPolicies, 200);
    for (const access of ['read', 'write'] as const) {
      expect(new Set(samples.map((policy) => isOpen(policy, access))).size).toBe(2);
      const evaluated = samples.map((policy) => publicStatements(read(policy), access).length > 0);
      expect(new Set(evaluated).size).toBe(2);
    }
  });

  it.each(['read', 'write'] as const)('is never missed: %s in a bucket', (access) => {
    fc.assert(
      fc.property(bucketPolicies, (policy) => {
        fc.pre(isOpen(policy, access));
        expect(publicStatements(read(policy), access)).not.toEqual([]);
      }),
      examples,
    );
  });

  it('is never missed: use a bucket over plain HTTP', () => {
    expect(new Set(fc.sample(tlsPolicies, 200).map(requiresTls)).size).toBe(2);
    fc.assert(
      fc.property(tlsPolicies, (policy) => {
        fc.pre(answersPlainHttp(policy));
        expect(requiresTls(policy)).toBe(false);
      }),
      examples,
    );
  });

  it('is never missed: assume a role', () => {
    fc.assert(
      fc.property(trustPolicies, (policy) => {
        fc.pre(isAssumable(policy));
        expect(trustees(read(policy), '123456789012').some(isAnybody)).toBe(true);
      }),
      examples,
    );
  });
});
