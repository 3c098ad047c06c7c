import { distributionHasRootObject } from '../../../lib/controls/cloudfront/distribution-has-root-object.ts';
import { testControl } from '../harness.ts';
import { bucket, distribution, server } from './distributions.ts';

testControl(distributionHasRootObject, {
  rows: {
    'an object': { given: { distribution, origins: [bucket] }, verdict: 'PASS' },
    none: {
      given: { distribution: { ...distribution, hasRootObject: false }, origins: [bucket] },
      verdict: 'FAIL',
      evidence: ['distribution.hasRootObject'],
    },
    'none, of a server and a bucket': {
      given: {
        distribution: { ...distribution, hasRootObject: false },
        origins: [server(), bucket],
      },
      verdict: 'FAIL',
    },
    'none, of a server': {
      given: { distribution: { ...distribution, hasRootObject: false }, origins: [server()] },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
