import { trailBucketIsNotPublic } from '../../../lib/controls/cloudtrail/trail-bucket-is-not-public.ts';
import { testControl } from '../harness.ts';
import { hardened } from './trails.ts';

const bucketAccess = {
  policy: undefined,
  acl: { owner: undefined, grants: [] },
  ownership: 'ObjectWriter' as const,
  publicAccessBlock: undefined,
  accountPublicAccessBlock: undefined,
};
const blocks = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const policy = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*' },
  ],
});
const grants = [
  {
    Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
    Permission: 'READ',
  } as const,
];

testControl(trailBucketIsNotPublic, {
  base: { trail: hardened, bucketAccess },
  rows: {
    'nobody else reaches it': { given: {}, verdict: 'PASS' },
    'everybody by its policy': {
      given: { bucketAccess: { ...bucketAccess, policy } },
      verdict: 'FAIL',
      evidence: ['bucketAccess.policy.Statement[0].Principal'],
      reason: /logs is public/,
    },
    'everybody by its ACL': {
      given: { bucketAccess: { ...bucketAccess, acl: { ...bucketAccess.acl, grants } } },
      verdict: 'FAIL',
      evidence: ['bucketAccess.acl.grants[0]'],
    },
    'everybody by its policy, whom the block keeps out': {
      given: { bucketAccess: { ...bucketAccess, policy, publicAccessBlock: blocks } },
      verdict: 'PASS',
    },
    'everybody by its policy, whom the account keeps out': {
      given: { bucketAccess: { ...bucketAccess, policy, accountPublicAccessBlock: blocks } },
      verdict: 'PASS',
    },
    'a policy that cannot be made out': {
      given: { bucketAccess: { ...bucketAccess, policy: '{' } },
      verdict: 'UNKNOWN',
    },
    'the bucket of another account': {
      given: { bucketAccess: undefined },
      verdict: 'UNKNOWN',
      reason: /held in another account/,
    },
  },
});
