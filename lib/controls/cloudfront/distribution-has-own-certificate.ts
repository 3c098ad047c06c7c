import { defineControl, fail, pass } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionHasOwnCertificate = defineControl(distribution, {
  id: 'CloudFront.7',
  title: 'CloudFront distributions should use custom SSL/TLS certificates',
  severity: 'MEDIUM',
  rationale:
    'With the certificate of CloudFront old versions of TLS are taken, and viewers see a name that is not yours.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.7'],
    'nist-800-53-r5': [
      'AC-17(2)',
      'AC-4',
      'IA-5(1)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SI-7(6)',
    ],
  },
  needs: ['certificate'],
  evaluate: ({ certificate: { isDefault } }) =>
    isDefault
      ? fail('the distribution has the certificate of CloudFront', [
          { path: 'certificate.isDefault', actual: true, expected: false },
        ])
      : pass,
  remediation: {
    advice:
      'Request a certificate of ACM in us-east-1 for your names, and give it to the distribution with those names.',
  },
});
