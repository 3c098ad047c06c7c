import { defineControl } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { blockingNeeds } from './shared/bucket-blocks.ts';
import { evaluatePublicAccess, exposure } from './shared/public-bucket.ts';
import { planPrivacy, privacyGrants } from './shared/public-bucket-plan.ts';

export const bucketDeniesPublicWrite = defineControl(s3Bucket, {
  id: 'S3.3',
  title: 'S3 general purpose buckets should block public write access',
  severity: 'CRITICAL',
  rationale: 'Whoever can write to a bucket can destroy data, plant malware, and run up its costs.',
  standards: {
    'fsbp-1.0.0': ['S3.3'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
  },
  exposes: true,
  needs: exposure,
  evaluate: (bucket) => evaluatePublicAccess(bucket, 'write'),
  remediation: {
    advice:
      'Take the named grants out of the bucket policy and the ACL. To close the bucket at once, turn on all four settings of Block Public Access on it: those who use it from other accounts through a public policy are then shut out too.',
    needs: blockingNeeds,
    grants: privacyGrants('write'),
    plan: (bucket, { ref }) => planPrivacy(bucket, 'write', ref),
  },
});
