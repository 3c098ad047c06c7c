import { defineControl, fail, pass } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionHasWebAcl = defineControl(distribution, {
  id: 'CloudFront.6',
  title: 'CloudFront distributions should have WAF enabled',
  severity: 'MEDIUM',
  rationale:
    'Rules of a web ACL turn away what is known to be an attack before it reaches what is behind.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.6'],
    'nist-800-53-r5': ['AC-4(21)'],
    'pci-dss-4.0.1': ['1.2.8', '1.3.1', '1.3.2', '1.4.2', '1.5.1', '6.4.1', '6.4.2', 'A1.1.3'],
  },
  needs: ['distribution'],
  evaluate: ({ distribution: { hasWebAcl } }) =>
    hasWebAcl
      ? pass
      : fail('no web ACL filters what is asked of the distribution', [
          { path: 'distribution.hasWebAcl', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Associate a web ACL of AWS WAF. Let its rules count first, and block once they hit nobody who is meant to come.',
  },
});
