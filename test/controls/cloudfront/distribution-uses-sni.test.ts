import { distributionUsesSni } from '../../../lib/controls/cloudfront/distribution-uses-sni.ts';
import { testControl } from '../harness.ts';
import { certificate } from './distributions.ts';

testControl(distributionUsesSni, {
  rows: {
    SNI: { given: { certificate }, verdict: 'PASS' },
    'dedicated addresses': {
      given: { certificate: { ...certificate, support: 'vip' } },
      verdict: 'FAIL',
      evidence: ['certificate.support'],
    },
    'that of CloudFront': {
      given: { certificate: { isDefault: true, support: undefined, tls: 'TLSv1' } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
