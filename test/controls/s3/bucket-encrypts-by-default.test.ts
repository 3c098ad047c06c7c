import { bucketEncryptsByDefault } from '../../../lib/controls/s3/bucket-encrypts-by-default.ts';
import { testControl } from '../harness.ts';

const plan = { risk: 'safe', calls: ['s3.putBucketEncryption'] } as const;

testControl(bucketEncryptsByDefault, {
  rows: {
    'SSE-S3': {
      given: { encryption: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } },
      verdict: 'PASS',
    },
    'a KMS key': {
      given: {
        encryption: {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'a' },
          BucketKeyEnabled: true,
        },
      },
      verdict: 'PASS',
    },
    'no encryption': {
      given: { encryption: undefined },
      verdict: 'FAIL',
      evidence: ['encryption'],
      plan,
    },
    'a rule that sets no algorithm': {
      given: { encryption: { BucketKeyEnabled: true } },
      verdict: 'FAIL',
      evidence: ['encryption'],
      plan,
    },
    'a rule that sets no algorithm, and refuses one': {
      given: { encryption: { BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } } },
      verdict: 'FAIL',
      plan: {
        ...plan,
        input: {
          ServerSideEncryptionConfiguration: {
            Rules: [
              {
                ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
                BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
              },
            ],
          },
        },
      },
    },
  },
});
