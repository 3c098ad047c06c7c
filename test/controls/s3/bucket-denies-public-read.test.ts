import { bucketDeniesPublicRead } from '../../../lib/controls/s3/bucket-denies-public-read.ts';
import { testControl } from '../harness.ts';
import {
  aclOf,
  byAcl,
  byBlock,
  byPolicy,
  groupGrant,
  open,
  policyOf,
  sends,
  unguarded,
} from './buckets.ts';
import { closingRows, held } from './closing.ts';
import { safeRows } from './safe-setups.ts';

const everybody = policyOf(open({}));
const eighths = Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`);
const fromRanges = (ranges: readonly string[]) => ({
  Condition: { IpAddress: { 'aws:SourceIp': ranges } },
});
const ownerOf = (what: string) => `\${aws:Resource${what}}`;
const principal = ['policy.Statement[0].Principal'];
const closed = { verdict: 'FAIL', plan: byBlock, evidence: principal } as const;
const unlisted = { verdict: 'FAIL', plan: byAcl, evidence: ['acl.grants[1]'] } as const;
const readByAll = aclOf(groupGrant('global/AllUsers', 'READ'));

testControl(bucketDeniesPublicRead, {
  base: unguarded,
  rows: {
    ...safeRows,
    ...closingRows,
    'neither policy nor public ACL': { given: {}, verdict: 'PASS' },

    'the internet in 256 ranges, which S3 weighs one by one': {
      given: { policy: policyOf(open(fromRanges(eighths))) },
      verdict: 'FAIL',
      plan: byPolicy,
      evidence: principal,
    },
    'forty ranges of a /8, each in a statement of its own': {
      given: {
        policy: policyOf(...eighths.slice(0, 40).map((range) => open(fromRanges([range])))),
      },
      verdict: 'FAIL',
      plan: byPolicy,
      // All but 10.0.0.0/8, which is private.
      evidence: eighths
        .slice(0, 40)
        .map((_, first) => `policy.Statement[${first}].Principal`)
        .filter((path) => path !== 'policy.Statement[10].Principal'),
    },
    'two halves of a range, in two statements': {
      given: {
        policy: policyOf(open(fromRanges(['11.0.0.0/9'])), open(fromRanges(['11.128.0.0/9']))),
      },
      verdict: 'PASS',
    },
    'the internet, spared by a Deny in 256 ranges': {
      given: {
        policy: policyOf(
          open({}),
          open({ Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': eighths } } }),
        ),
      },
      verdict: 'FAIL',
      // What S3 makes of a Deny is not documented: the block may change nothing.
      plan: byPolicy,
      evidence: principal,
    },
    'many ranges of IPv6, in two statements': {
      given: {
        policy: policyOf(open(fromRanges(['2400::/32'])), open(fromRanges(['2600::/32']))),
      },
      verdict: 'FAIL',
      plan: byPolicy,
      evidence: [...principal, 'policy.Statement[1].Principal'],
    },
    'callers of the account that owns the bucket': {
      given: {
        policy: policyOf(
          open({ Condition: { StringEquals: { 'aws:PrincipalAccount': ownerOf('Account') } } }),
          open({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ownerOf('OrgID') } } }),
        ),
      },
      verdict: 'PASS',
    },
    'a key twice, of which JSON.parse keeps the harmless one': {
      given: {
        policy: everybody.replace(
          '"Principal":"*"',
          '"Principal":"*","Principal":{"AWS":"111122223333"}',
        ),
      },
      verdict: 'UNKNOWN',
      reason: /a key twice/,
    },
    'a policy for everybody': {
      given: { policy: everybody },
      verdict: 'FAIL',
      plan: byBlock,
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
    ...Object.fromEntries(
      Object.entries({
        'who does not sign, by the user id': { StringEquals: { 'aws:userid': 'anonymous' } },
        'who does not sign, by the account': {
          StringEquals: { 'aws:PrincipalAccount': 'anonymous' },
        },
        'the internet in 256 ranges': { IpAddress: { 'aws:SourceIp': eighths } },
      }).map(([title, Condition]) => [
        `the bucket restricts public policies, and S3 takes no fixed value for public: ${title}`,
        {
          given: {
            policy: policyOf(open({ Condition })),
            publicAccessBlock: { RestrictPublicBuckets: true },
          },
          verdict: 'FAIL',
          reason: /RestrictPublicBuckets changes nothing/,
          plan: Condition.StringEquals?.['aws:PrincipalAccount']
            ? { proposal: /cannot be narrowed/ }
            : byPolicy,
          evidence: principal,
        } as const,
      ]),
    ),
    'all blocks are on, and S3 takes no fixed value for public': {
      given: {
        policy: policyOf(open({ Condition: { StringEquals: { 'aws:userid': 'anonymous' } } })),
        publicAccessBlock: { RestrictPublicBuckets: true, BlockPublicPolicy: true },
      },
      verdict: 'FAIL',
      plan: { proposal: /may refuse to restore/ },
      evidence: principal,
    },
    'the account restricts public policies, and S3 takes no fixed value for public': {
      given: {
        policy: policyOf(open({ Condition: { StringEquals: { 'aws:userid': 'anonymous' } } })),
        accountPublicAccessBlock: { RestrictPublicBuckets: true },
      },
      verdict: 'FAIL',
      plan: byPolicy,
      evidence: principal,
    },
    'one statement that is public to S3 restricts what all others let in': {
      given: {
        policy: policyOf(
          open({ Condition: { StringEquals: { 'aws:userid': 'anonymous' } } }),
          open({ Action: 's3:PutObject' }),
        ),
        publicAccessBlock: { RestrictPublicBuckets: true },
      },
      verdict: 'PASS',
    },
    ...Object.fromEntries(
      (
        [
          ['IfExists', open({ Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } } })],
          [
            'ForAllValues',
            open({
              Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            }),
          ],
          ['a tag', open({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })],
          ['a type', open({ Condition: { StringEquals: { 'aws:PrincipalType': 'Anonymous' } } })],
          ['an identity provider', open({ Principal: { Federated: 'graph.facebook.com' } })],
          [
            'a Deny that spares who does not sign',
            open({}),
            open({
              Effect: 'Deny',
              Condition: { StringNotEquals: { 'aws:userid': 'anonymous' } },
            }),
          ],
        ] as const
      ).map(([title, ...statements]) => [
        `the bucket restricts public policies, and what S3 takes for public is not documented: ${title}`,
        {
          given: {
            policy: policyOf(...statements),
            publicAccessBlock: { RestrictPublicBuckets: true },
          },
          verdict: 'UNKNOWN',
          reason: /AWS does not say/,
        } as const,
      ]),
    ),
    ...Object.fromEntries(
      (
        [
          ['an address anywhere', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }],
          ['half the internet', { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '10.0.0.0/8'] } }],
          ['a pattern', { StringLike: { 'aws:userid': 'anon*' } }],
          ['a variable', { StringEquals: { 'aws:PrincipalArn': ownerOf('Account') } }],
          ['a key of the request', { StringLike: { 'aws:Referer': 'https://a.org/' } }],
          ['encryption in transit', { Bool: { 'aws:SecureTransport': 'true' } }],
          ['whoever is not in a VPC', { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }],
        ] as const
      ).map(([title, Condition]) => [
        `the bucket restricts public policies, with no fixed value: ${title}`,
        {
          given: {
            policy: policyOf(open({ Condition })),
            publicAccessBlock: { RestrictPublicBuckets: true },
          },
          verdict: 'PASS',
        } as const,
      ]),
    ),
    'BlockPublicPolicy leaves a policy that is already there in force': {
      given: {
        policy: everybody,
        publicAccessBlock: { BlockPublicPolicy: true, BlockPublicAcls: true },
        accountPublicAccessBlock: { BlockPublicPolicy: true, IgnorePublicAcls: true },
      },
      ...closed,
    },
    'object ownership does not touch the policy': {
      given: { policy: everybody, ownership: 'BucketOwnerEnforced' },
      ...closed,
    },
    'a statement as an object': {
      given: { policy: JSON.stringify({ Statement: open({ Principal: { AWS: '*' } }) }) },
      verdict: 'FAIL',
      plan: byBlock,
      evidence: ['policy.Statement.Principal'],
    },
    'only the second statement is public': {
      given: { policy: policyOf(open({ Principal: { AWS: '111122223333' } }), open({})) },
      verdict: 'FAIL',
      plan: sends(open({ Principal: { AWS: '111122223333' } }), held({})),
      evidence: ['policy.Statement[1].Principal'],
    },
    'everybody but one': {
      given: {
        policy: policyOf(open({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } })),
      },
      verdict: 'FAIL',
      plan: byBlock,
      evidence: ['policy.Statement[0].NotPrincipal'],
    },
    'the public may only write by the policy': {
      given: { policy: policyOf(open({ Action: ['s3:PutObject', 's3:DeleteObject*'] })) },
      verdict: 'PASS',
    },
    'the public may do anything': {
      given: { policy: policyOf(open({ Action: '*' })) },
      ...closed,
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
      ...closed,
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
      plan: byAcl,
      reason: /read through the ACL/,
      evidence: ['acl.grants[1]'],
    },
    'an ACL lets everybody with an AWS account list': {
      given: { acl: aclOf(groupGrant('global/AuthenticatedUsers', 'READ')) },
      ...unlisted,
    },
    'an ACL gives everybody full control': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'FULL_CONTROL')) },
      ...unlisted,
    },
    'an ACL lets everybody read the ACL': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'READ_ACP')) },
      ...unlisted,
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
      plan: {
        ...byBlock,
        input: {
          PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
        },
      },
      evidence: ['acl.grants[1]'],
    },
    'object ownership turns ACLs off': {
      given: { acl: readByAll, ownership: 'BucketOwnerEnforced' },
      verdict: 'PASS',
    },
    'object ownership leaves ACLs on': {
      given: { acl: readByAll, ownership: 'BucketOwnerPreferred' },
      ...unlisted,
    },

    'policy and ACL are both public': {
      given: { policy: everybody, acl: readByAll },
      verdict: 'FAIL',
      plan: { ...byBlock, calls: [...byBlock.calls, ...byAcl.calls] },
      reason: /the bucket policy and the ACL/,
      evidence: [...principal, 'acl.grants[1]'],
    },
    'the policy is restricted, the ACL is not': {
      given: {
        policy: everybody,
        acl: readByAll,
        publicAccessBlock: { RestrictPublicBuckets: true },
      },
      ...unlisted,
    },
    'a policy that cannot be made out': {
      given: { policy: '{"Statement":' },
      verdict: 'UNKNOWN',
      reason: /cannot be made out/,
    },
    'a policy that cannot be made out, under RestrictPublicBuckets': {
      given: { policy: '{"Statement":', accountPublicAccessBlock: { RestrictPublicBuckets: true } },
      verdict: 'UNKNOWN',
      reason: /cannot be made out/,
    },
    'a policy that cannot be made out beside a public ACL': {
      given: { policy: '{"Statement":', acl: readByAll },
      verdict: 'FAIL',
      plan: { proposal: /cannot be made out/ },
      evidence: ['acl.grants[1]'],
    },
  },
});
