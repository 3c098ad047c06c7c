import { bucketEncryptsByDefault } from '../../../lib/controls/s3/bucket-encrypts-by-default.ts';
import { testControl } from '../harness.ts';

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
    },
    'a rule that sets no algorithm': {
      given: { encryption: { BucketKeyEnabled: true } },
      verdict: 'FAIL',
      evidence: ['encryption'],
    },
  },
});
