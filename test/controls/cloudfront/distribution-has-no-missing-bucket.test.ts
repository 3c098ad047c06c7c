import { distributionHasNoMissingBucket } from '../../../lib/controls/cloudfront/distribution-has-no-missing-bucket.ts';
import { testControl } from '../harness.ts';

const origin = (exists: boolean) => ({ origin: 'site', bucket: 'site', exists });
testControl(distributionHasNoMissingBucket, {
  rows: {
    'it is there': { given: { buckets: [origin(true)] }, verdict: 'PASS' },
    'it is not': {
      given: { buckets: [origin(true), origin(false)] },
      verdict: 'FAIL',
      evidence: ['buckets[1].exists'],
    },
    'servers alone': { given: { buckets: [] }, verdict: 'NOT_APPLICABLE' },
  },
});
