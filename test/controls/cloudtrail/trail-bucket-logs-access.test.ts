import { trailBucketLogsAccess } from '../../../lib/controls/cloudtrail/trail-bucket-logs-access.ts';
import { testControl } from '../harness.ts';
import { hardened } from './trails.ts';

testControl(trailBucketLogsAccess, {
  base: { trail: hardened, bucketLogging: { target: 'access-logs' } },
  rows: {
    'access is logged': { given: {}, verdict: 'PASS' },
    'access is not logged': {
      given: { bucketLogging: { target: undefined } },
      verdict: 'FAIL',
      evidence: ['bucketLogging.target'],
    },
    'the bucket of another account': {
      given: { bucketLogging: undefined },
      verdict: 'UNKNOWN',
      reason: /held in another account/,
    },
  },
});
