import { evaluate } from '../../../lib/engine/evaluation/evaluate.ts';
import { withheldIn } from '../../../lib/engine/evaluation/withheld.ts';
import type { Control } from '../../../lib/model/control.ts';
import { pass } from '../../../lib/model/control.ts';

const evaluator = 'arn:aws:sts::123456789012:assumed-role/Plumbline-EvaluateRole/evaluate';
const bucket = 'arn:aws:s3:::home';
const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const may = (action: string, resource: string) =>
  `User: ${evaluator} is not authorized to perform: ${action} on resource: ${resource}`;
const read = may('s3:GetBucketPolicy', `"${bucket}"`);

describe('what AWS says that the policy of a resource denies', () => {
  const action = 's3:GetBucketPolicy';
  it.each([
    [
      'S3, with the resource in quotes',
      `${read} with an explicit deny in a resource-based policy`,
      { action, resource: bucket },
    ],
    [
      'S3, without quotes',
      `${may(action, bucket)} with an explicit deny in a resource-based policy`,
      { action, resource: bucket },
    ],
    [
      'the policy named behind it',
      `${read} with an explicit deny in a resource-based policy: ${bucket}`,
      { action, resource: bucket },
    ],
    [
      'no resource',
      `User: ${evaluator} is not authorized to perform: ${action} with an explicit deny in a resource-based policy`,
      { action },
    ],
    [
      'KMS, by a Deny',
      `${may('kms:DescribeKey', key)} with an explicit deny in a resource-based policy`,
      { action: 'kms:DescribeKey', resource: key },
    ],
    [
      'KMS, by an Allow that was taken away',
      `${may('kms:GetKeyRotationStatus', key)} because no resource-based policy allows the kms:GetKeyRotationStatus action`,
      { action: 'kms:GetKeyRotationStatus', resource: key },
    ],
    [
      'a comma before the reason',
      `${may('secretsmanager:DescribeSecret', 'x')}, with an explicit deny in a resource-based policy`,
      { action: 'secretsmanager:DescribeSecret', resource: 'x' },
    ],
  ])('%s', (_, refusal, withheld) => {
    expect(withheldIn('policy', refusal)).toEqual({ facet: 'policy', ...withheld });
  });

  it.each([
    `${read} with an explicit deny in an identity-based policy`,
    `${read} with an explicit deny in a service control policy`,
    `${read} with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1`,
    `${read} with an explicit deny in a resource control policy`,
    `${read} with an explicit deny in a permissions boundary`,
    `${read} with an explicit deny in a session policy`,
    `${read} with an explicit deny in a VPC endpoint policy`,
    `${read} because no identity-based policy allows the s3:GetBucketPolicy action`,
    `${read} because no permissions boundary allows the s3:GetBucketPolicy action`,
    `${read} because no service control policy allows the s3:GetBucketPolicy action`,
    `${read} because no session policy allows the s3:GetBucketPolicy action`,
    'Access Denied',
    'Forbidden',
    'UnknownError',
    '',
  ])('not: %s', (refusal) => {
    expect(withheldIn('policy', refusal)).toBeUndefined();
  });
});

describe('a control with several facets', () => {
  const control = {
    needs: ['a', 'b', 'c'],
    evaluate: () => pass,
  } as Pick<Control, 'needs' | 'evaluate'> as Control;
  const ref = { account: '123456789012', region: 'us-east-1', id: 'home' };
  const context = { ref, parameters: {}, at: new Date() };

  it('is about what the resource keeps back, whatever else could not be read', () => {
    const verdict = evaluate(
      control,
      {
        a: { notOffered: 'not here' },
        b: { denied: `${read} with an explicit deny in an identity-based policy` },
        c: { denied: `${read} with an explicit deny in a resource-based policy` },
      },
      context,
    );
    expect(verdict).toMatchObject({ status: 'UNKNOWN', withheld: { facet: 'c' } });
  });

  it('is UNKNOWN, and hides nothing, where identity policies deny', () => {
    const denied = `${read} with an explicit deny in an identity-based policy`;
    const facets = { a: { notOffered: 'not here' }, b: { denied }, c: { value: 1 } };
    expect(evaluate(control, facets, context)).toEqual({
      status: 'UNKNOWN',
      reason: `b could not be read: ${denied}`,
      denied: { facet: 'b', action: 's3:GetBucketPolicy', by: 'identity-based policy' },
    });
  });
});
