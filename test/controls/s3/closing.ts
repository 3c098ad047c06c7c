import { aclOf, byAcl, byBlock, byPolicy, groupGrant, open, policyOf, sends } from './buckets.ts';

const verdict = 'FAIL' as const;
const ofOrganization = open({
  Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
});
const escaped = open({
  Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b' } },
});
const site = { index: 'index.html', redirect: undefined };
const listedByAll = aclOf(groupGrant('global/AllUsers', 'READ'));
const writes = open({ Sid: 'Drop', Action: 's3:PutObject' });

/** As `open`, for callers of the account only. */
export const held = (statement: object) =>
  open({ ...statement, Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } } });

/** Buckets that everybody reads, and which of the ways to close them shuts out nobody else. */
export const closingRows = {
  'another account reads by the public statement too': {
    given: { policy: policyOf(open({ Sid: 'Read', Principal: { AWS: ['*', '111122223333'] } })) },
    verdict,
    plan: sends(
      open({ Sid: 'Read', Principal: { AWS: ['111122223333'] } }),
      held({ Principal: { AWS: ['*'] } }),
    ),
  },
  'a service reads by the public statement too': {
    given: {
      policy: policyOf(open({ Principal: { AWS: '*', Service: 'cloudfront.amazonaws.com' } })),
    },
    verdict,
    plan: byBlock,
  },
  'the own account reads by another statement': {
    given: { policy: policyOf(open({}), open({ Principal: { AWS: '123456789012' } })) },
    verdict,
    plan: byBlock,
  },
  'an organization reads by another statement': {
    given: {
      policy: policyOf(ofOrganization, open({ Sid: 'Everybody' })),
    },
    verdict,
    plan: sends(ofOrganization, held({ Sid: 'Everybody' })),
  },
  'access points of the account let through whom they like': {
    given: {
      policy: policyOf(
        open({ Condition: { StringEquals: { 's3:DataAccessPointAccount': '123456789012' } } }),
        open({}),
      ),
    },
    verdict,
    plan: byPolicy,
  },
  'CloudFront reads by another statement': {
    given: {
      policy: policyOf(
        open({ Principal: { AWS: 'arn:aws:iam::cloudfront:user/E1EXAMPLE' } }),
        open({}),
      ),
    },
    verdict,
    plan: byPolicy,
  },
  'the public may write too, by another statement': {
    given: { policy: policyOf(open({}), writes) },
    verdict,
    plan: sends(held({}), writes),
  },
  'the public may write too, by the same statement': {
    given: { policy: policyOf({ ...writes, Action: ['s3:PutObject', 's3:GetObject'] }) },
    verdict,
    plan: sends({ ...writes, Action: ['s3:PutObject'] }, held({ Action: ['s3:GetObject'] })),
  },
  'a condition stays beside ours': {
    given: {
      policy: policyOf(
        writes,
        open({ condition: { stringequals: { 'aws:Referer': 'https://a.org/' } } }),
      ),
    },
    verdict,
    plan: sends(
      writes,
      open({
        condition: {
          stringequals: {
            'aws:Referer': 'https://a.org/',
            'aws:PrincipalAccount': '123456789012',
          },
        },
      }),
    ),
  },
  'a condition that asks something else of the account': {
    given: {
      policy: policyOf(
        writes,
        open({ Condition: { StringEquals: { 'aws:principalaccount': ['AIDA*'] } } }),
      ),
    },
    verdict,
    plan: { proposal: /cannot be narrowed/ },
  },
  'any service reads, and the public writes': {
    given: { policy: policyOf(open({ Principal: { Service: '*' } }), writes) },
    verdict,
    plan: { proposal: /cannot be narrowed/ },
  },
  'a policy for others too, which could not be set again': {
    given: {
      policy: policyOf(open({}), open({ Principal: { AWS: '111122223333' } })),
      publicAccessBlock: { BlockPublicPolicy: true },
    },
    verdict,
    plan: { proposal: /BlockPublicPolicy/ },
  },
  'a policy for others too, which names a role that was deleted': {
    given: {
      policy: policyOf(open({}), open({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE123' } })),
    },
    verdict,
    plan: { proposal: /deleted/ },
  },
  'the bucket is a website': {
    given: { policy: policyOf(open({})), website: site },
    verdict,
    plan: { proposal: /website/ },
  },
  'the bucket is a website, and lets everybody list': {
    given: { acl: listedByAll, website: site },
    verdict,
    plan: byAcl,
  },
  'the bucket is a website, whose ACL could not be set again': {
    given: {
      acl: listedByAll,
      website: site,
      accountPublicAccessBlock: { BlockPublicAcls: true },
    },
    verdict,
    plan: { proposal: /website/ },
  },
  'other blocks are on': {
    given: { policy: policyOf(open({})), publicAccessBlock: { IgnorePublicAcls: true } },
    verdict,
    plan: {
      ...byBlock,
      input: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: false,
          BlockPublicPolicy: false,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    },
  },
  'the ACL grants others something too': {
    given: {
      acl: aclOf(
        groupGrant('global/AllUsers', 'READ'),
        groupGrant('global/AllUsers', 'WRITE'),
        groupGrant('s3/LogDelivery', 'WRITE'),
      ),
    },
    verdict,
    plan: {
      ...byAcl,
      input: {
        AccessControlPolicy: {
          Grants: aclOf(
            groupGrant('global/AllUsers', 'WRITE'),
            groupGrant('s3/LogDelivery', 'WRITE'),
          ).grants,
        },
      },
    },
  },
  'a condition that callers without the key escape, which S3 may not take for public': {
    given: {
      policy: policyOf(escaped),
    },
    verdict,
    plan: byPolicy,
  },
  'the same beside a statement that is public': {
    given: {
      policy: policyOf(escaped, open({})),
    },
    verdict,
    plan: byBlock,
  },
};
