import { bucketPolicyKeepsControlInAccount } from '../../../lib/controls/s3/bucket-policy-keeps-control-in-account.ts';
import { testControl } from '../harness.ts';
import { open, policyOf } from './buckets.ts';
import { safeRows } from './safe-setups.ts';

const plan = { proposal: /only the owner/ };
const own = '123456789012';
const other = '111122223333';
const allow = (statement: object = {}) =>
  open({ Principal: { AWS: other }, Action: 's3:PutBucketPolicy', ...statement });
const passes = (...statements: object[]) =>
  ({ given: { policy: policyOf(...statements) }, verdict: 'PASS' }) as const;
const fails = (...statements: object[]) =>
  ({
    given: { policy: policyOf(...statements) },
    verdict: 'FAIL',
    plan,
    evidence: ['policy.Statement[0].Principal'],
  }) as const;

testControl(bucketPolicyKeepsControlInAccount, {
  rows: {
    ...safeRows,

    'no policy': { given: { policy: undefined }, verdict: 'PASS' },
    'another account may change the policy': fails(allow()),
    'a role of another account may': fails(
      allow({ Principal: { AWS: `arn:aws:iam::${other}:role/a` } }),
    ),
    'everybody may': fails(allow({ Principal: '*' })),
    'the own account and another may': fails(allow({ Principal: { AWS: [own, other] } })),
    'users of a web identity provider may': fails(
      allow({ Principal: { Federated: 'accounts.google.com' } }),
    ),
    'a canonical user may, who can be anybody': fails(
      allow({ Principal: { CanonicalUser: 'abc' } }),
    ),
    'a role in any account may': fails(allow({ Principal: { AWS: 'arn:aws:iam::*:role/a' } })),
    'everybody but one may': {
      given: { policy: policyOf(allow({ Principal: undefined, NotPrincipal: { AWS: own } })) },
      verdict: 'FAIL',
      plan,
      evidence: ['policy.Statement[0].NotPrincipal'],
    },
    'another account may do everything': fails(allow({ Action: '*' })),
    'another account may do what a wildcard covers': fails(
      allow({ Action: ['s3:Get*', 's3:*acl'] }),
    ),
    'another account may do all but read': fails(
      allow({ Action: undefined, NotAction: ['s3:Get*', 's3:List*'] }),
    ),
    'a condition that does not say whose principal it is': fails(
      allow({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
    ),
    'a condition on another account': fails(
      allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': other } } }),
    ),
    'a condition on the own and another account': fails(
      allow({
        Principal: '*',
        Condition: { StringEquals: { 'aws:PrincipalAccount': [own, other] } },
      }),
    ),

    'another account may read': passes(allow({ Action: ['s3:GetObject', 's3:PutObject'] })),
    'the own account may': passes(allow({ Principal: { AWS: own } })),
    'a role of the own account may': passes(
      allow({ Principal: { AWS: `arn:aws:iam::${own}:role/a` } }),
    ),
    'a SAML provider of the own account may': passes(
      allow({ Principal: { Federated: `arn:aws:iam::${own}:saml-provider/a` } }),
    ),
    'a service may': passes(allow({ Principal: { Service: 'logging.s3.amazonaws.com' } })),
    'any service may': fails(allow({ Principal: { Service: '*' } })),
    'a role that was deleted may': passes(allow({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE123' } })),
    'an origin access identity of CloudFront may': passes(
      allow({
        Principal: {
          AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE',
        },
      }),
    ),
    // The rule of AWS Config would fail it: it reads no conditions.
    'everybody of the own account may': passes(
      allow({ Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': own } } }),
      allow({
        Principal: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${own}:role/a` } },
      }),
    ),
    'access points of another account decide': fails(
      allow({
        Principal: '*',
        Condition: { StringEquals: { 's3:DataAccessPointAccount': [own, other] } },
      }),
    ),
    'another account is denied it': passes(allow({ Effect: 'Deny' })),
    'another account may do everything, and nobody may do these': passes(
      allow({ Action: 's3:*' }),
      open({
        Effect: 'Deny',
        Action: ['s3:*BucketPolicy', 's3:Put*Acl', 's3:PutEncryptionConfiguration'],
      }),
    ),
    'another account may do everything, and nobody may do some of these': fails(
      allow({ Action: 's3:*' }),
      open({ Effect: 'Deny', Action: ['s3:*BucketPolicy', 's3:Put*Acl'] }),
    ),
    'a Deny under a condition takes nothing back': fails(
      allow(),
      open({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ),

    'a Deny spares only the own account': passes(
      allow({ Principal: '*' }),
      open({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: {
          StringNotEquals: { 'aws:PrincipalAccount': own },
          ArnNotEquals: { 'aws:PrincipalArn': [`arn:aws:iam::${own}:role/a`] },
        },
      }),
    ),
    'a Deny spares another account too': fails(
      allow({ Principal: '*' }),
      open({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: { StringNotEquals: { 'aws:PrincipalAccount': [own, other] } },
      }),
    ),
    'a Deny spares a network': fails(
      allow({ Principal: '*' }),
      open({
        Effect: 'Deny',
        Action: 's3:*',
        Condition: {
          StringNotEquals: { 'aws:PrincipalAccount': own, 'aws:SourceVpce': 'vpce-1a2b' },
        },
      }),
    ),

    'other patterns are asked for': {
      ...fails(allow({ Action: 's3:DeleteObjectVersion' })),
      parameters: { blacklistedActionPatterns: ['s3:GetBucket*', 's3:DeleteObject*'] },
    },
    'other patterns are asked for, and not given': {
      ...passes(allow()),
      parameters: { blacklistedActionPatterns: ['s3:GetBucket*', 's3:DeleteObject*'] },
    },
    'a policy that cannot be made out': { given: { policy: '{}' }, verdict: 'UNKNOWN' },
  },
});
