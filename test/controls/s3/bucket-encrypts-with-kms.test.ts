import { bucketEncryptsWithKms } from '../../../lib/controls/s3/bucket-encrypts-with-kms.ts';
import { testControl } from '../harness.ts';
import { aclOf, groupGrant, open, policyOf } from './buckets.ts';

const path = 'encryption.ApplyServerSideEncryptionByDefault.SSEAlgorithm';

const sseS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const;
const kmsKey = 'arn:aws:kms:us-east-1:123456789012:key/1a2b-3c4d';
const plan = { risk: 'disruptive', calls: ['s3.putBucketEncryption'] } as const;
const rules = (rule: object) => ({ ServerSideEncryptionConfiguration: { Rules: [rule] } });
const proposed = (policy: string, proposal: RegExp) =>
  ({ given: { encryption: sseS3, policy }, verdict: 'FAIL', plan: { proposal } }) as const;

testControl(bucketEncryptsWithKms, {
  base: {
    encryption: undefined,
    policy: undefined,
    acl: aclOf(),
    ownership: undefined,
    replication: undefined,
  },
  rows: {
    'a KMS key of the account': {
      given: {
        encryption: {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'a' },
        },
      },
      verdict: 'PASS',
    },
    'the KMS key of AWS': {
      given: { encryption: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } },
      verdict: 'PASS',
    },
    'two layers with a KMS key': {
      given: {
        encryption: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms:dsse' } },
      },
      verdict: 'PASS',
    },
    'SSE-S3': {
      given: { encryption: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } },
      verdict: 'FAIL',
      reason: /AES256/,
      evidence: [path],
      plan: {
        ...plan,
        input: rules({
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
          BucketKeyEnabled: true,
        }),
      },
    },
    'no encryption': {
      given: { encryption: undefined },
      verdict: 'FAIL',
      reason: /not set/,
      evidence: [path],
      plan,
    },
    'SSE-S3, and the baseline names a key': {
      given: {
        encryption: { ...sseS3, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } },
      },
      parameters: { kmsKey },
      verdict: 'FAIL',
      plan: {
        ...plan,
        undo: 'widens',
        input: rules({
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey },
          BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        }),
      },
    },
    'SSE-S3, and the baseline names a key of another region': {
      given: { encryption: sseS3 },
      parameters: { kmsKey: kmsKey.replace('us-east-1', 'eu-west-1') },
      verdict: 'FAIL',
      plan: { proposal: /not of us-east-1/ },
    },
    'only principals of the account use the bucket': {
      given: {
        encryption: sseS3,
        policy: policyOf(
          open({ Principal: { AWS: 'arn:aws:iam::123456789012:role/reader' } }),
          open({ Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } } }),
          open({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ),
      },
      verdict: 'FAIL',
      plan,
    },
    'another account uses the bucket': proposed(
      policyOf(open({ Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' } })),
      /^arn:aws:iam::111122223333:role.reader uses the bucket too/,
    ),
    'a service uses the bucket': proposed(
      policyOf(open({ Principal: { Service: 'logging.s3.amazonaws.com' } })),
      /logging\.s3/,
    ),
    'the public uses the bucket': proposed(policyOf(open({})), /uses the bucket too/),
    'whoever comes through an access point uses the bucket': proposed(
      policyOf(
        open({ Condition: { StringEquals: { 's3:DataAccessPointAccount': '123456789012' } } }),
      ),
      /uses the bucket too/,
    ),
    'everybody but one uses the bucket': proposed(
      policyOf(open({ Principal: undefined, NotPrincipal: { AWS: '123456789012' } })),
      /uses the bucket too/,
    ),
    'a policy that cannot be made out': proposed('{}', /cannot be made out/),
    'another account uses the bucket by its ACL': {
      given: { encryption: sseS3, acl: aclOf(groupGrant('s3/LogDelivery', 'WRITE')) },
      verdict: 'FAIL',
      plan: { proposal: /LogDelivery uses the bucket too/ },
    },
    'an ACL that is turned off': {
      given: {
        encryption: sseS3,
        acl: aclOf(groupGrant('s3/LogDelivery', 'WRITE')),
        ownership: 'BucketOwnerEnforced',
      },
      verdict: 'FAIL',
      plan,
    },
    'objects are replicated': {
      given: { encryption: sseS3, replication: ['arn:aws:s3:::copies'] },
      verdict: 'FAIL',
      plan: { proposal: /replication/ },
    },
  },
});
