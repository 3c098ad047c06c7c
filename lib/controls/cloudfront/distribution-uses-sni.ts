import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionUsesSni = defineControl(distribution, {
  id: 'CloudFront.8',
  title: 'CloudFront distributions should use SNI to serve HTTPS requests',
  severity: 'LOW',
  rationale: 'Addresses of its own cost much, and are needed by clients of before 2010 alone.',
  standards: { 'fsbp-1.0.0': ['CloudFront.8'], 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  needs: ['certificate'],
  evaluate({ certificate: { isDefault, support } }) {
    if (isDefault) return notApplicable('it has the certificate of CloudFront');
    return support === 'sni-only'
      ? pass
      : fail('the certificate is served from dedicated addresses', [
          { path: 'certificate.support', actual: support ?? null, expected: 'sni-only' },
        ]);
  },
  remediation: {
    advice: 'Serve HTTPS by SNI (sni-only).',
  },
});
