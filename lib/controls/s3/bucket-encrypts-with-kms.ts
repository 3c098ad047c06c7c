import { defineControl, fail, pass } from '../../model/control.ts';
import { optionalText } from '../../model/parameters.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { kmsNeeds, planKms } from './shared/kms-plan.ts';

export const bucketEncryptsWithKms = defineControl(s3Bucket, {
  id: 'S3.17',
  title: 'S3 general purpose buckets should be encrypted at rest with AWS KMS keys',
  severity: 'MEDIUM',
  rationale:
    'A KMS key has a policy and a log of its own: whoever may read the bucket must also be allowed the key.',
  standards: {
    'nist-800-53-r5': [
      ...['AU-9', 'CA-9(1)', 'CM-3(6)', 'SC-12(2)', 'SC-13'],
      ...['SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
    'pci-dss-4.0.1': ['3.5.1'],
  },
  needs: ['encryption'],
  parameters: {
    // An alias would be looked up in the account of whoever uploads.
    kmsKey: optionalText({
      allowed: 'the ARN of a KMS key, arn:<partition>:kms:<region>:<account>:key/<id>',
      pattern: /^arn:[^:]+:kms:[^:]+:\d{12}:key\/[\w-]+$/,
    }),
  },
  evaluate({ encryption }) {
    const algorithm = encryption?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    if (algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse') return pass;
    return fail(`the default encryption is ${algorithm ?? 'not set'}`, [
      {
        path: 'encryption.ApplyServerSideEncryptionByDefault.SSEAlgorithm',
        actual: algorithm ?? null,
        expected: 'aws:kms or aws:kms:dsse',
      },
    ]);
  },
  remediation: {
    advice:
      'Set the default encryption to SSE-KMS or DSSE-KMS. Objects that are already there keep their encryption until they are copied over themselves; readers need kms:Decrypt on the key.',
    needs: kmsNeeds,
    grants: [{ actions: ['s3:PutEncryptionConfiguration'], on: ({ arn }) => [arn] }],
    plan: (state, { ref, parameters: { kmsKey } }) => planKms(state, kmsKey, ref),
  },
});
