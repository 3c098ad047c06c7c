import { distributionUsesNoSslToServers } from '../../../lib/controls/cloudfront/distribution-uses-no-ssl-to-servers.ts';
import { testControl } from '../harness.ts';
import { bucket, server } from './distributions.ts';

testControl(distributionUsesNoSslToServers, {
  rows: {
    'TLS 1.2': { given: { origins: [server()] }, verdict: 'PASS' },
    // "This control fails if a CloudFront distribution has a CustomOriginConfig where OriginSslProtocols includes SSLv3."
    'TLS 1.0': {
      given: { origins: [server('https-only', ['TLSv1', 'TLSv1.2'])] },
      verdict: 'PASS',
    },
    'SSL 3.0 too': {
      given: { origins: [server('https-only', ['SSLv3', 'TLSv1.2'])] },
      verdict: 'FAIL',
      evidence: ['origins[0].tls'],
    },
    'a bucket': { given: { origins: [bucket] }, verdict: 'NOT_APPLICABLE' },
  },
});
