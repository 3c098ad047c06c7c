import { bucketEncryptsWithKms } from '../../../lib/controls/s3/bucket-encrypts-with-kms.ts';
import { testControl } from '../harness.ts';

const path = 'encryption.ApplyServerSideEncryptionByDefault.SSEAlgorithm';

testControl(bucketEncryptsWithKms, {
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
    },
    'no encryption': {
      given: { encryption: undefined },
      verdict: 'FAIL',
      reason: /not set/,
      evidence: [path],
    },
  },
});
