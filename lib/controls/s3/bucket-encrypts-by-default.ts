import { defineControl, fail, pass } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { putEncryption, restoreEncryption } from './shared/bucket-encryption-plan.ts';

// Since January 2023 S3 encrypts every new object and shows SSE-S3 where nothing was set: a policy that refuses
// unencrypted uploads, which Security Hub took instead, is no longer looked at.
export const bucketEncryptsByDefault = defineControl(s3Bucket, {
  id: 'S3.4',
  title: 'S3 buckets should have server-side encryption enabled',
  severity: 'MEDIUM',
  rationale: 'Data that lies unencrypted on a disk is only as safe as the disk.',
  standards: {
    'nist-800-53-r5': [
      ...['AU-9', 'AU-9(2)', 'AU-9(7)', 'CA-9(1)', 'CM-3(6)'],
      ...['SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
  },
  needs: ['encryption'],
  evaluate({ encryption }) {
    const algorithm = encryption?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    if (algorithm) return pass;
    return fail('the bucket has no default encryption', [
      { path: 'encryption', actual: null, expected: 'AES256, aws:kms or aws:kms:dsse' },
    ]);
  },
  remediation: {
    advice: 'Set the default encryption of the bucket, with a KMS key or with SSE-S3.',
    grants: [{ actions: ['s3:PutEncryptionConfiguration'], on: ({ arn }) => [arn] }],
    plan: ({ encryption: before }, { ref: { id } }) => ({
      kind: 'calls',
      risk: 'safe',
      summary: 'encrypts new objects with keys of S3, which every reader may use',
      calls: [
        putEncryption(id, {
          ...before,
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        }),
      ],
      undo: { calls: [restoreEncryption(id, before)], widensAccess: false },
    }),
  },
});
