import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { activeRules, proposeRule } from './shared/bucket-lifecycle.ts';

export const versionedBucketHasLifecycle = defineControl(s3Bucket, {
  id: 'S3.10',
  title: 'S3 general purpose buckets with versioning enabled should have Lifecycle configurations',
  severity: 'MEDIUM',
  rationale:
    'Without a rule a versioned bucket keeps every version for ever, and its cost and exposure only grow.',
  standards: {
    'fsbp-1.0.0': ['S3.10'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'CP-9', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['lifecycle', 'versioning'],
  evaluate({ lifecycle, versioning: { status } }) {
    if (status !== 'Enabled') return notApplicable('versioning is not on');
    if (activeRules(lifecycle).length > 0) return pass;
    return fail('the bucket is versioned and no lifecycle rule is enabled', [
      {
        path: 'lifecycle',
        actual: lifecycle?.map(({ Status }) => Status) ?? null,
        expected: 'at least one enabled rule',
      },
    ]);
  },
  remediation: {
    advice: 'Add a lifecycle rule that expires noncurrent versions after some time.',
    grants: [],
    plan: proposeRule,
  },
});
