import { distributionHasWebAcl } from '../../../lib/controls/cloudfront/distribution-has-web-acl.ts';
import { testControl } from '../harness.ts';
import { distribution } from './distributions.ts';

testControl(distributionHasWebAcl, {
  rows: {
    'a web ACL': { given: { distribution }, verdict: 'PASS' },
    none: {
      given: { distribution: { ...distribution, hasWebAcl: false } },
      verdict: 'FAIL',
      evidence: ['distribution.hasWebAcl'],
    },
  },
});
