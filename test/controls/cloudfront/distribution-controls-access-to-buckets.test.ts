import { distributionControlsAccessToBuckets } from '../../../lib/controls/cloudfront/distribution-controls-access-to-buckets.ts';
import { testControl } from '../harness.ts';
import { bucket, server } from './distributions.ts';

testControl(distributionControlsAccessToBuckets, {
  rows: {
    controlled: { given: { origins: [bucket] }, verdict: 'PASS' },
    'without, or by an access identity': {
      given: { origins: [server(), { ...bucket, hasAccessControl: false }] },
      verdict: 'FAIL',
      evidence: ['origins[1].hasAccessControl'],
    },
    'servers alone': { given: { origins: [server()] }, verdict: 'NOT_APPLICABLE' },
  },
});
