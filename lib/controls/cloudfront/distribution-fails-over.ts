import { defineControl, fail, pass } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionFailsOver = defineControl(distribution, {
  id: 'CloudFront.4',
  title: 'CloudFront distributions should have origin failover configured',
  severity: 'LOW',
  rationale: 'With a second origin a distribution answers where the first is out.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.4'],
    'nist-800-53-r5': ['CP-10', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['originGroups'],
  evaluate: ({ originGroups }) =>
    originGroups.some(({ members }) => members.length > 1)
      ? pass
      : fail('no group of origins has a second one', [
          {
            path: 'originGroups',
            actual: originGroups.map(({ members }) => members.length),
            expected: 'a group of two',
          },
        ]),
  remediation: {
    advice:
      'Make an origin group of two origins, such as a bucket and its replica, and have the behaviors use it.',
  },
});
