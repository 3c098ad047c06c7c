import { defineControl, fail, pass } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionUsesRecommendedTls = defineControl(distribution, {
  id: 'CloudFront.15',
  title: 'CloudFront distributions should use the recommended TLS security policy',
  severity: 'MEDIUM',
  rationale: 'Older policies take versions and ciphers of TLS that have known weaknesses.',
  standards: { 'fsbp-1.0.0': ['CloudFront.15'] },
  needs: ['certificate'],
  parameters: {
    securityPolicies: strings({
      default: ['TLSv1.2_2021', 'TLSv1.2_2025', 'TLSv1.3_2025'],
      allowed: 'security policies of CloudFront',
    }),
  },
  evaluate({ certificate: { tls } }, { parameters: { securityPolicies } }) {
    return securityPolicies.includes(tls ?? '')
      ? pass
      : fail('the distribution has a security policy that AWS does not recommend', [
          { path: 'certificate.tls', actual: tls ?? null, expected: securityPolicies },
        ]);
  },
  remediation: {
    advice:
      'Choose the security policy TLSv1.2_2021 or a newer one. It takes a certificate of your own (CloudFront.7): with that of CloudFront the policy is TLSv1 whatever is set.',
  },
});
