import { distributionUsesRecommendedTls } from '../../../lib/controls/cloudfront/distribution-uses-recommended-tls.ts';
import { testControl } from '../harness.ts';
import { certificate } from './distributions.ts';

testControl(distributionUsesRecommendedTls, {
  rows: {
    'TLS 1.2': { given: { certificate }, verdict: 'PASS' },
    'TLS 1.3 alone': {
      given: { certificate: { ...certificate, tls: 'TLSv1.3_2025' } },
      verdict: 'PASS',
    },
    'an older policy': {
      given: { certificate: { ...certificate, tls: 'TLSv1.2_2019' } },
      verdict: 'FAIL',
      evidence: ['certificate.tls'],
    },
    'that of CloudFront': {
      given: { certificate: { isDefault: true, support: undefined, tls: 'TLSv1' } },
      verdict: 'FAIL',
    },
    'an older policy that is allowed': {
      given: { certificate: { ...certificate, tls: 'TLSv1.2_2019' } },
      parameters: { securityPolicies: ['TLSv1.2_2019'] },
      verdict: 'PASS',
    },
  },
});
