import { distributionHasNoMissingBucket } from '../../../lib/controls/cloudfront/distribution-has-no-missing-bucket.ts';
import { testControl } from '../harness.ts';

const origin = (found: 'ours' | 'missing' | 'foreign') => ({
  ...{ origin: 'site', bucket: 'site', found },
});
const unclear = {
  ...{ origin: 'site', bucket: 'site', found: 'unclear', why: 'PermanentRedirect' },
} as const;
testControl(distributionHasNoMissingBucket, {
  rows: {
    'it is there': { given: { buckets: [origin('ours')] }, verdict: 'PASS' },
    'it is not': {
      given: { buckets: [origin('ours'), origin('missing')] },
      verdict: 'FAIL',
      evidence: ['buckets[1].found'],
      reason: /not there/,
    },
    'another account has made it': {
      given: { buckets: [origin('ours'), origin('foreign')] },
      verdict: 'FAIL',
      evidence: ['buckets[1].found'],
      reason: /another account owns/,
    },
    'one is missing, one is foreign': {
      given: { buckets: [origin('foreign'), origin('missing')] },
      verdict: 'FAIL',
      evidence: ['buckets[0].found', 'buckets[1].found'],
      reason: /not there/,
    },
    'AWS does not say': {
      given: { buckets: [origin('ours'), unclear] },
      verdict: 'UNKNOWN',
      reason: /the bucket site .*PermanentRedirect/,
    },
    'AWS does not say of one, and another is missing': {
      given: { buckets: [unclear, origin('missing')] },
      verdict: 'FAIL',
      evidence: ['buckets[1].found'],
    },
    'servers alone': { given: { buckets: [] }, verdict: 'NOT_APPLICABLE' },
  },
});
