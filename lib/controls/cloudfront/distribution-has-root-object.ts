import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';
import { isBucket } from './shared/origins.ts';

export const distributionHasRootObject = defineControl(distribution, {
  id: 'CloudFront.1',
  title: 'CloudFront distributions should have a default root object configured',
  severity: 'HIGH',
  rationale:
    'Whoever asks for the root of a distribution without one gets the list of what the bucket holds, where that may be listed.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.1'],
    'nist-800-53-r5': ['SC-7(11)', 'SC-7(16)'],
    'pci-dss-4.0.1': ['2.2.6'],
  },
  needs: ['distribution', 'origins'],
  evaluate({ distribution: { hasRootObject }, origins }) {
    if (!origins.some(isBucket)) return notApplicable('none of its origins is a bucket');
    return hasRootObject
      ? pass
      : fail('the distribution has no object for its root', [
          { path: 'distribution.hasRootObject', actual: false, expected: true },
        ]);
  },
  remediation: {
    advice: 'Set the default root object, such as index.html, and see that the bucket has it.',
  },
});
