import { bucketDeniesPublicWrite } from '../../../lib/controls/s3/bucket-denies-public-write.ts';
import { testControl } from '../harness.ts';
import { aclOf, byAcl, byBlock, groupGrant, open, policyOf, sends, unguarded } from './buckets.ts';
import { held } from './closing.ts';
import { safeRows } from './safe-setups.ts';

const everybody = policyOf(open({ Action: 's3:PutObject' }));
const site = { index: 'index.html', redirect: undefined };
const writtenByAll = aclOf(groupGrant('global/AllUsers', 'WRITE'));

testControl(bucketDeniesPublicWrite, {
  base: unguarded,
  rows: {
    ...safeRows,

    'neither policy nor public ACL': { given: {}, verdict: 'PASS' },
    'a policy lets everybody put objects': {
      given: { policy: everybody },
      verdict: 'FAIL',
      plan: byBlock,
      reason: /write through the bucket policy/,
      evidence: ['policy.Statement[0].Principal'],
    },
    'a policy lets everybody delete objects': {
      given: { policy: policyOf(open({ Action: ['s3:GetObject', 's3:DeleteObject'] })) },
      verdict: 'FAIL',
      plan: sends(open({ Action: ['s3:GetObject'] }), held({ Action: ['s3:DeleteObject'] })),
      evidence: ['policy.Statement[0].Principal'],
    },
    'a policy lets everybody change the policy': {
      given: { policy: policyOf(open({ Action: 's3:putbucketpolicy' })) },
      verdict: 'FAIL',
      plan: byBlock,
      evidence: ['policy.Statement[0].Principal'],
    },
    'a policy lets everybody do all but read': {
      given: {
        policy: policyOf(open({ Action: undefined, NotAction: ['s3:Get*', 's3:List*'] })),
      },
      verdict: 'FAIL',
      plan: byBlock,
      evidence: ['policy.Statement[0].Principal'],
    },
    'an action whose name is not known counts as a write': {
      given: { policy: policyOf(open({ Action: 's3:TransmogrifyObject' })) },
      verdict: 'FAIL',
      plan: byBlock,
      evidence: ['policy.Statement[0].Principal'],
    },
    'a policy lets everybody read only': {
      given: { policy: policyOf(open({ Action: ['s3:GetObject', 's3:List*'] })) },
      verdict: 'PASS',
    },
    'users of a web identity provider are anybody': {
      given: {
        policy: policyOf(
          open({ Action: 's3:PutObject', Principal: { Federated: 'graph.facebook.com' } }),
        ),
      },
      verdict: 'FAIL',
      plan: { proposal: /cannot be narrowed/ },
      evidence: ['policy.Statement[0].Principal'],
    },
    'a service may write': {
      given: {
        policy: policyOf(
          open({ Action: 's3:PutObject', Principal: { Service: 'delivery.logs.amazonaws.com' } }),
        ),
      },
      verdict: 'PASS',
    },
    'the bucket restricts public policies': {
      given: { policy: everybody, publicAccessBlock: { RestrictPublicBuckets: true } },
      verdict: 'PASS',
    },
    'an ACL lets everybody write': {
      given: { acl: writtenByAll },
      verdict: 'FAIL',
      plan: byAcl,
      reason: /write through the ACL/,
      evidence: ['acl.grants[1]'],
    },
    'an ACL lets everybody with an AWS account change it': {
      given: { acl: aclOf(groupGrant('global/AuthenticatedUsers', 'WRITE_ACP')) },
      verdict: 'FAIL',
      plan: byAcl,
      evidence: ['acl.grants[1]'],
    },
    'an ACL gives everybody full control': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'FULL_CONTROL')) },
      verdict: 'FAIL',
      plan: byAcl,
      evidence: ['acl.grants[1]'],
    },
    'an ACL lets everybody read only': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'READ')) },
      verdict: 'PASS',
    },
    'an ACL lets the log delivery group write': {
      given: { acl: aclOf(groupGrant('s3/LogDelivery', 'WRITE')) },
      verdict: 'PASS',
    },
    'the account ignores public ACLs': {
      given: { acl: writtenByAll, accountPublicAccessBlock: { IgnorePublicAcls: true } },
      verdict: 'PASS',
    },
    'object ownership turns ACLs off': {
      given: { acl: writtenByAll, ownership: 'BucketOwnerEnforced' },
      verdict: 'PASS',
    },
    'a policy that cannot be made out': {
      given: { policy: '[]' },
      verdict: 'UNKNOWN',
    },
    'the bucket is a website, and the public may write by another statement': {
      given: { policy: policyOf(open({}), open({ Action: 's3:PutObject' })), website: site },
      verdict: 'FAIL',
      plan: sends(open({}), held({ Action: 's3:PutObject' })),
    },
    'the bucket is a website, and the public may do anything': {
      given: { policy: policyOf(open({ Action: 's3:*' })), website: site },
      verdict: 'FAIL',
      plan: { proposal: /website/ },
    },
  },
});
