import fc from 'fast-check';
import { inlinePoliciesGrantNoFullAdmin } from '../../../lib/controls/iam/inline-policies-grant-no-full-admin.ts';
import { roleIsNotOpenToAnybody } from '../../../lib/controls/iam/role-is-not-open-to-anybody.ts';
import { roleTrustsKnownAccounts } from '../../../lib/controls/iam/role-trusts-known-accounts.ts';
import { bucketDeniesPublicRead } from '../../../lib/controls/s3/bucket-denies-public-read.ts';
import { bucketDeniesPublicWrite } from '../../../lib/controls/s3/bucket-denies-public-write.ts';
import { bucketPolicyKeepsControlInAccount } from '../../../lib/controls/s3/bucket-policy-keeps-control-in-account.ts';
import { bucketRequiresTls } from '../../../lib/controls/s3/bucket-requires-tls.ts';
import type { Control } from '../../../lib/model/control.ts';
import { defaults, now } from '../../controls/harness.ts';
import { unguarded } from '../../controls/s3/buckets.ts';
import { bucketPolicies, trustPolicies } from './policy-arbitraries.ts';
import type { RawStatement } from './policy-evaluation.ts';

export const controls = [
  bucketDeniesPublicRead,
  bucketDeniesPublicWrite,
  bucketRequiresTls,
  bucketPolicyKeepsControlInAccount,
  roleIsNotOpenToAnybody,
  roleTrustsKnownAccounts,
  inlinePoliciesGrantNoFullAdmin,
] as unknown as readonly Control[];

/** The verdicts of all controls that evaluate a policy. */
export const evaluate = (text: string): readonly string[] => {
  const facets = {
    policy: text,
    trustPolicy: text,
    inlinePolicies: [{ name: 'a', document: text }],
  };
  const ref = { account: '123456789012', region: 'us-east-1', id: 'example' };
  return controls.map((control) => {
    const context = { ref, parameters: defaults(control), at: now };
    return control.evaluate({ ...unguarded, ...facets, path: '/' }, context).status;
  });
};
export const write = (Statement: readonly RawStatement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const withTls = (policy: RawStatement[]): RawStatement[] => [
  ...policy,
  {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
];
export const policies = fc.oneof(bucketPolicies, trustPolicies, bucketPolicies.map(withTls));
