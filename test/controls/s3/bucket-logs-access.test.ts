import { bucketLogsAccess } from '../../../lib/controls/s3/bucket-logs-access.ts';
import type { LogTarget } from '../../../lib/resources/s3/s3-log-target.ts';
import { testControl } from '../harness.ts';
import { groupGrant, policyOf } from './buckets.ts';

const logging = { TargetBucket: 'logs', TargetPrefix: 'example/' };
const delivery = {
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::logs/*',
};
const held = {
  ...delivery,
  Condition: {
    ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::example' },
    StringEquals: { 'aws:SourceAccount': '123456789012' },
  },
};
type Is = NonNullable<LogTarget['is']>;
const takes = (is: Partial<Is> = {}): LogTarget => ({
  bucket: 'logs',
  is: {
    policy: policyOf(held),
    grants: [],
    ownership: 'BucketOwnerEnforced',
    algorithm: 'AES256',
    retention: undefined,
    payer: 'BucketOwner',
    ...is,
  },
});
const to = (is: Partial<Is>) => ({ logging, logTarget: takes(is), namedLogTarget: takes(is) });
const turnsOn = {
  risk: 'disruptive',
  calls: ['s3.putBucketLogging'],
  input: {
    Bucket: 'example',
    BucketLoggingStatus: {
      LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'example/' },
    },
  },
} as const;
const parameters = { logBucket: 'logs' };
const broken = { verdict: 'FAIL', parameters } as const;
const lacking = {
  ...broken,
  evidence: ['logTarget.policy'],
  reason:
    /^logs cannot take the access logs: no statement of its policy lets logging\.s3\.amazonaws\.com put logs of this bucket there$/,
  plan: { proposal: /no statement of its policy lets/ },
} as const;
const denied = {
  ...broken,
  evidence: ['logTarget.policy.Statement[1]'],
  plan: { proposal: /Statement\[1\] of its policy denies/ },
} as const;
const deny = (Condition?: object) => ({
  ...delivery,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  ...(Condition ? { Condition } : {}),
});

testControl(bucketLogsAccess, {
  base: { logging: undefined, logTarget: undefined, namedLogTarget: takes() },
  rows: {
    'logs go to a bucket': { given: to({}), verdict: 'PASS' },
    'logs of any bucket of the account may go there': {
      given: to({
        policy: policyOf({
          ...delivery,
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } },
        }),
      }),
      verdict: 'PASS',
    },
    'logs of the account that owns the bucket may go there': {
      given: to({
        policy: policyOf({
          ...delivery,
          Condition: { StringEquals: { 'aws:SourceAccount': `\${aws:ResourceAccount}` } },
        }),
      }),
      verdict: 'PASS',
    },
    'a policy without conditions lets them in': {
      given: to({ policy: policyOf(delivery) }),
      verdict: 'PASS',
    },
    'the log delivery group may write by the ACL': {
      given: to({
        policy: undefined,
        ownership: 'ObjectWriter',
        grants: [groupGrant('s3/LogDelivery', 'WRITE')],
      }),
      verdict: 'PASS',
    },
    'the log delivery group is in an ACL that is turned off': {
      given: to({ policy: undefined, grants: [groupGrant('s3/LogDelivery', 'WRITE')] }),
      ...lacking,
    },
    'the log bucket has no policy': { given: to({ policy: undefined }), ...lacking },
    'its policy lets in logs of another bucket': {
      given: to({
        policy: policyOf({
          ...held,
          Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::other' } },
        }),
      }),
      ...lacking,
    },
    'its policy lets in logs of another account': {
      given: to({
        policy: policyOf({
          ...held,
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        }),
      }),
      ...lacking,
    },
    'its policy lets in logs under another prefix': {
      given: to({ policy: policyOf({ ...held, Resource: 'arn:aws:s3:::logs/other/*' }) }),
      ...lacking,
    },
    'its policy lets in another service': {
      given: to({
        policy: policyOf({ ...held, Principal: { Service: 'cloudtrail.amazonaws.com' } }),
      }),
      ...lacking,
    },
    'its policy denies everybody': { given: to({ policy: policyOf(held, deny()) }), ...denied },
    'its policy denies whoever is not of the organization, as services are not': {
      given: to({
        policy: policyOf(held, deny({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
      }),
      ...denied,
    },
    'the same, but for services': {
      given: to({
        policy: policyOf(
          held,
          deny({
            StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          }),
        ),
      }),
      verdict: 'PASS',
    },
    'its policy refuses requests without TLS': {
      given: to({ policy: policyOf(held, deny({ Bool: { 'aws:SecureTransport': 'false' } })) }),
      verdict: 'PASS',
    },
    'its policy cannot be made out': { given: to({ policy: '{"a":1,"a":2}' }), verdict: 'PASS' },
    'it encrypts with KMS': {
      given: to({ algorithm: 'aws:kms' }),
      ...broken,
      evidence: ['logTarget.encryption'],
      reason: /its default encryption is aws:kms, and logs come with SSE-S3 alone$/,
      plan: { proposal: /SSE-S3 alone/ },
    },
    'its objects are locked unless they say otherwise': {
      given: to({ retention: 'GOVERNANCE' }),
      ...broken,
      evidence: ['logTarget.retention'],
      plan: { proposal: /Object Lock has a default retention/ },
    },
    'its requesters pay': {
      given: to({ payer: 'Requester' }),
      ...broken,
      evidence: ['logTarget.payer'],
      plan: { proposal: /requesters pay/ },
    },
    'it is no bucket of the account any more': {
      given: { logging, logTarget: { bucket: 'logs' }, namedLogTarget: { bucket: 'logs' } },
      ...broken,
      evidence: ['logTarget'],
      plan: { proposal: /^logs cannot take the access logs: there is no such bucket/ },
    },
    'logs go where they cannot, and the baseline names another bucket': {
      given: { logging: { TargetBucket: 'old', TargetPrefix: '' }, logTarget: { bucket: 'old' } },
      ...broken,
      evidence: ['logTarget'],
      plan: turnsOn,
    },
    'logging is off, and the baseline names no bucket for logs': {
      given: { logging: undefined, namedLogTarget: undefined },
      verdict: 'FAIL',
      evidence: ['logging'],
      plan: { proposal: /logBucket/ },
    },
    'logging is off': { given: { logging: undefined }, ...broken, plan: turnsOn },
    'logging is off, and the bucket for logs encrypts with KMS': {
      given: { logging: undefined, namedLogTarget: takes({ algorithm: 'aws:kms' }) },
      ...broken,
      plan: { proposal: /^logs cannot take the access logs: its default encryption is aws:kms/ },
    },
    'logging is off on the bucket that takes the logs': {
      given: { logging: undefined },
      parameters: { logBucket: 'example' },
      verdict: 'FAIL',
      plan: { proposal: /takes the logs itself/ },
    },
  },
});
