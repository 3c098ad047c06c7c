import { distributionHasOwnCertificate } from '../../../lib/controls/cloudfront/distribution-has-own-certificate.ts';
import { testControl } from '../harness.ts';
import { certificate } from './distributions.ts';

testControl(distributionHasOwnCertificate, {
  rows: {
    'one of its own': { given: { certificate }, verdict: 'PASS' },
    'that of CloudFront': {
      given: { certificate: { isDefault: true, support: undefined, tls: 'TLSv1' } },
      verdict: 'FAIL',
      evidence: ['certificate.isDefault'],
    },
  },
});
