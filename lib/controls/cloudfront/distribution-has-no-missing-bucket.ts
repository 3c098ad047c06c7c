import { defineControl, fail, notApplicable, pass, unknown } from '../../model/control.ts';
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
    const evidence = buckets.flatMap(({ found, bucket }, index) =>
      found === 'missing' || found === 'foreign'
        ? [{ path: `buckets[${index}].found`, actual: found, expected: `our bucket ${bucket}` }]
        : [],
    );
    if (evidence.length > 0)
      return fail(
        buckets.some(({ found }) => found === 'missing')
          ? 'an origin is a bucket that is not there'
          : 'an origin is a bucket that another account owns',
        evidence,
      );
    const unclear = buckets.find((one) => one.found === 'unclear');
    return unclear?.found === 'unclear'
      ? unknown(`whether the bucket ${unclear.bucket} is there is not known: ${unclear.why}`)
      : pass;
  },
  remediation: {
    advice:
      'Take the origin out of the distribution, or make the bucket again before somebody else does. Websites of S3 are looked at too. Of a bucket of another account AWS does not tell whose it is: see that it is the one that you mean, and exempt the distribution.',
  },
});
