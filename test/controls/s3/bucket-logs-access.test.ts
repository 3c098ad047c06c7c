import { bucketLogsAccess } from '../../../lib/controls/s3/bucket-logs-access.ts';
import { testControl } from '../harness.ts';

testControl(bucketLogsAccess, {
  rows: {
    'logs go to a bucket': {
      given: { logging: { TargetBucket: 'logs', TargetPrefix: '' } },
      verdict: 'PASS',
    },
    'logging is off': { given: { logging: undefined }, verdict: 'FAIL', evidence: ['logging'] },
  },
});
