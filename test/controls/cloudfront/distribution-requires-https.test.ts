import { distributionRequiresHttps } from '../../../lib/controls/cloudfront/distribution-requires-https.ts';
import { testControl } from '../harness.ts';
import { behavior } from './distributions.ts';

testControl(distributionRequiresHttps, {
  rows: {
    redirected: { given: { behaviors: [behavior('redirect-to-https')] }, verdict: 'PASS' },
    'HTTPS alone': {
      given: { behaviors: [behavior('https-only'), behavior('redirect-to-https', 'site', '/a/*')] },
      verdict: 'PASS',
    },
    both: {
      given: { behaviors: [behavior('allow-all')] },
      verdict: 'FAIL',
      evidence: ['behaviors[0].viewers'],
    },
    'both below one path': {
      given: { behaviors: [behavior('https-only'), behavior('allow-all', 'site', '/a/*')] },
      verdict: 'FAIL',
      evidence: ['behaviors[1].viewers'],
    },
  },
});
