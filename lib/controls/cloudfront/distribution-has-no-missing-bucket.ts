import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';

import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionHasNoMissingBucket = defineControl(distribution, {
  id: 'CloudFront.12',
  title: 'CloudFront distributions should not point to non-existent S3 origins',
  severity: 'HIGH',
  rationale: 'Whoever makes a bucket of that name decides what your viewers get, under your name.',
  standards: { 'fsbp-1.0.0': ['CloudFront.12'], 'nist-800-53-r5': ['CM-2', 'CM-2(2)'] },

  needs: ['buckets'],

  evaluate({ buckets }) {
    if (buckets.length === 0) return notApplicable('none of its origins is a bucket');
    const missing = buckets.flatMap(({ exists, bucket }, index) =>
      exists
        ? []
        : [{ path: `buckets[${index}].exists`, actual: false, expected: `the bucket ${bucket}` }],
    );
    return missing.length === 0 ? pass : fail('an origin is a bucket that is not there', missing);
  },
  remediation: {
    advice:
      'Take the origin out of the distribution, or make the bucket again before somebody else does.',
  },
});
