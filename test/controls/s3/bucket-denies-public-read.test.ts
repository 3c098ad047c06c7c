import { bucketDeniesPublicRead } from '../../../lib/controls/s3/bucket-denies-public-read.ts';
import { testControl } from '../harness.ts';
import { aclOf, groupGrant, open, policyOf, unguarded } from './buckets.ts';
import { safeRows } from './safe-setups.ts';

const everybody = policyOf(open({}));
const principal = ['policy.Statement[0].Principal'];
const readByAll = aclOf(groupGrant('global/AllUsers', 'READ'));

testControl(bucketDeniesPublicRead, {
  base: unguarded,
  rows: {
    ...safeRows,

    'neither policy nor public ACL': { given: {}, verdict: 'PASS' },

    'a policy for everybody': {
      given: { policy: everybody },
      verdict: 'FAIL',
      reason: /read through the bucket policy/,
      evidence: principal,
    },
    'the bucket restricts public policies': {
      given: { policy: everybody, publicAccessBlock: { RestrictPublicBuckets: true } },
      verdict: 'PASS',
    },
    'the account restricts public policies': {
      given: {
        policy: everybody,
        publicAccessBlock: { RestrictPublicBuckets: false },
        accountPublicAccessBlock: { RestrictPublicBuckets: true },
      },
      verdict: 'PASS',
    },
    'BlockPublicPolicy leaves a policy that is already there in force': {
      given: {
        policy: everybody,
        publicAccessBlock: { BlockPublicPolicy: true, BlockPublicAcls: true },
        accountPublicAccessBlock: { BlockPublicPolicy: true, IgnorePublicAcls: true },
      },
      verdict: 'FAIL',
      evidence: principal,
    },
    'object ownership does not touch the policy': {
      given: { policy: everybody, ownership: 'BucketOwnerEnforced' },
      verdict: 'FAIL',
      evidence: principal,
    },
    'a statement as an object': {
      given: { policy: JSON.stringify({ Statement: open({ Principal: { AWS: '*' } }) }) },
      verdict: 'FAIL',
      evidence: ['policy.Statement.Principal'],
    },
    'only the second statement is public': {
      given: { policy: policyOf(open({ Principal: { AWS: '111122223333' } }), open({})) },
      verdict: 'FAIL',
      evidence: ['policy.Statement[1].Principal'],
    },
    'everybody but one': {
      given: {
        policy: policyOf(open({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } })),
      },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].NotPrincipal'],
    },
    'the public may only write by the policy': {
      given: { policy: policyOf(open({ Action: ['s3:PutObject', 's3:DeleteObject*'] })) },
      verdict: 'PASS',
    },
    'the public may do anything': {
      given: { policy: policyOf(open({ Action: '*' })) },
      verdict: 'FAIL',
      evidence: principal,
    },
    'other accounts are not the public': {
      given: { policy: policyOf(open({ Principal: { AWS: '111122223333' } })) },
      verdict: 'PASS',
    },
    'a condition holds everybody to one VPC endpoint': {
      given: {
        policy: policyOf(open({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b' } } })),
      },
      verdict: 'PASS',
    },
    'a condition that anybody can meet': {
      given: {
        policy: policyOf(open({ Condition: { StringLike: { 'aws:Referer': 'https://a.org/*' } } })),
      },
      verdict: 'FAIL',
      evidence: principal,
    },
    'a Deny takes it all back': {
      given: {
        policy: policyOf(
          open({}),
          open({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b' } },
          }),
        ),
      },
      verdict: 'PASS',
    },

    'an ACL lets everybody list': {
      given: { acl: readByAll },
      verdict: 'FAIL',
      reason: /read through the ACL/,
      evidence: ['acl.grants[1]'],
    },
    'an ACL lets everybody with an AWS account list': {
      given: { acl: aclOf(groupGrant('global/AuthenticatedUsers', 'READ')) },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
    'an ACL gives everybody full control': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'FULL_CONTROL')) },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
    'an ACL lets everybody read the ACL': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'READ_ACP')) },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
    'an ACL lets everybody write only': {
      given: {
        acl: aclOf(
          groupGrant('global/AllUsers', 'WRITE'),
          groupGrant('global/AllUsers', 'WRITE_ACP'),
        ),
      },
      verdict: 'PASS',
    },
    'an ACL lets the log delivery group read': {
      given: { acl: aclOf(groupGrant('s3/LogDelivery', 'READ_ACP')) },
      verdict: 'PASS',
    },
    'the bucket ignores public ACLs': {
      given: { acl: readByAll, publicAccessBlock: { IgnorePublicAcls: true } },
      verdict: 'PASS',
    },
    'the account ignores public ACLs': {
      given: { acl: readByAll, accountPublicAccessBlock: { IgnorePublicAcls: true } },
      verdict: 'PASS',
    },
    'BlockPublicAcls leaves an ACL that is already there in force': {
      given: { acl: readByAll, publicAccessBlock: { BlockPublicAcls: true } },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
    'object ownership turns ACLs off': {
      given: { acl: readByAll, ownership: 'BucketOwnerEnforced' },
      verdict: 'PASS',
    },
    'object ownership leaves ACLs on': {
      given: { acl: readByAll, ownership: 'BucketOwnerPreferred' },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },

    'policy and ACL are both public': {
      given: { policy: everybody, acl: readByAll },
      verdict: 'FAIL',
      reason: /the bucket policy and the ACL/,
      evidence: [...principal, 'acl.grants[1]'],
    },
    'the policy is restricted, the ACL is not': {
      given: {
        policy: everybody,
        acl: readByAll,
        publicAccessBlock: { RestrictPublicBuckets: true },
      },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
    'a policy that cannot be made out': {
      given: { policy: '{"Statement":' },
      verdict: 'UNKNOWN',
      reason: /cannot be made out/,
    },
    'a policy that cannot be made out, under RestrictPublicBuckets': {
      given: { policy: '{"Statement":', accountPublicAccessBlock: { RestrictPublicBuckets: true } },
      verdict: 'PASS',
    },
    'a policy that cannot be made out beside a public ACL': {
      given: { policy: '{"Statement":', acl: readByAll },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
  },
});
