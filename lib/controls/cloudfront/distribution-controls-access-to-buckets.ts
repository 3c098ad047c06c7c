import { defineControl } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';
import { evaluateBuckets } from './shared/origins.ts';

export const distributionControlsAccessToBuckets = defineControl(distribution, {
  id: 'CloudFront.13',
  title: 'CloudFront distributions should use origin access control',
  severity: 'MEDIUM',
  rationale:
    'A bucket that takes requests of this distribution alone needs to be open to nobody else.',
  standards: { 'fsbp-1.0.0': ['CloudFront.13'] },
  needs: ['origins'],
  evaluate: ({ origins }) =>
    evaluateBuckets(
      origins,
      'a bucket is asked without origin access control',
      ({ hasAccessControl }) =>
        hasAccessControl ? undefined : { of: 'hasAccessControl', actual: false, expected: true },
    ),
  remediation: {
    advice:
      'Give the origin an origin access control, and let the bucket’s policy admit cloudfront.amazonaws.com for this distribution (aws:SourceArn) before you take the older access identity, or public access, away.',
  },
});
