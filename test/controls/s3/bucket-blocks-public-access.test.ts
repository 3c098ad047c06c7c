import { bucketBlocksPublicAccess } from '../../../lib/controls/s3/bucket-blocks-public-access.ts';
import { testControl } from '../harness.ts';
import { aclOf, groupGrant, open, policyOf, unguarded } from './buckets.ts';

const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const plan = { risk: 'safe', calls: ['s3.putPublicAccessBlock'], undo: 'widens' } as const;

const site = { index: 'index.html', redirect: undefined };
const ofOrganization = open({
  Condition: { StringEquals: { 'aws:PrincipalOrgID': `\${aws:ResourceOrgID}` } },
});
const partner = open({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } });
const failing = { verdict: 'FAIL' } as const;

testControl(bucketBlocksPublicAccess, {
  base: unguarded,
  rows: {
    'a website, whose visitors read by the policy': {
      given: { policy: policyOf(open({})), website: site },
      ...failing,
      plan: { proposal: /^the bucket is a website, whose visitors read as the public/ },
    },
    'a website, whose visitors may read by ACLs': {
      given: { website: site },
      ...failing,
      plan: { proposal: /visitors of the website may read by the ACLs of objects/ },
    },
    'a website that only CloudFront reads': {
      given: {
        policy: policyOf(open({ Principal: { Service: 'cloudfront.amazonaws.com' } })),
        website: site,
        ownership: 'BucketOwnerEnforced',
      },
      ...failing,
      plan,
    },
    'a website that the account blocks already': {
      given: { policy: policyOf(open({})), website: site, accountPublicAccessBlock: all },
      ...failing,
      plan,
    },
    'everybody, and nobody in particular': {
      given: {
        policy: policyOf(open({})),
        acl: aclOf(groupGrant('global/AllUsers', 'READ')),
      },
      ...failing,
      plan,
    },
    'a partner, by a policy that is not public': {
      given: { policy: policyOf(partner) },
      ...failing,
      plan,
    },
    'a partner, by a policy that is public in part': {
      given: { policy: policyOf(open({ Action: 's3:ListBucket' }), partner) },
      ...failing,
      plan: { proposal: /shut out others whom Statement\[1\] of the policy lets in/ },
    },
    'the organization by a variable, which S3 takes for the public': {
      given: { policy: policyOf(ofOrganization) },
      ...failing,
      plan: { proposal: /shut out others whom Statement\[0\] of the policy lets in/ },
    },
    'the account by a variable, which keeps its access all the same': {
      given: {
        policy: policyOf(
          open({
            Condition: { StringEquals: { 'aws:PrincipalAccount': `\${aws:ResourceAccount}` } },
          }),
        ),
      },
      ...failing,
      plan,
    },
    'an access point that restricts public access itself': {
      given: { accessPoints: [{ name: 'partners', restricts: true }] },
      ...failing,
      plan,
    },
    'an access point that may let in the public': {
      given: { accessPoints: [{ name: 'partners', restricts: false }] },
      ...failing,
      plan: { proposal: /^whom the access point partners lets in is not known$/ },
    },
    'an access point to a bucket whose policy is public': {
      given: { policy: policyOf(open({})), accessPoints: [{ name: 'partners', restricts: true }] },
      ...failing,
      plan: { proposal: /come by the access point partners/ },
    },
    'a policy that cannot be made out': {
      given: { policy: '{"Statement":[],"Statement":[]}' },
      ...failing,
      plan: { proposal: /the bucket policy cannot be made out: an object has a key twice/ },
    },
    'all four blocks are on': { given: { publicAccessBlock: all }, verdict: 'PASS' },
    'one block is off': {
      given: { publicAccessBlock: { ...all, RestrictPublicBuckets: false } },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.RestrictPublicBuckets'],
      plan,
    },
    'one block is left out of the answer': {
      given: {
        publicAccessBlock: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
        },
      },
      verdict: 'FAIL',
      evidence: ['publicAccessBlock.RestrictPublicBuckets'],
      plan,
    },
    'no block was ever set': {
      given: { publicAccessBlock: undefined },
      verdict: 'FAIL',
      reason: /no public access block/,
      plan,
    },
  },
});
