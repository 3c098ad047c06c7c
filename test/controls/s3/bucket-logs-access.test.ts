import { bucketLogsAccess } from '../../../lib/controls/s3/bucket-logs-access.ts';
import { testControl } from '../harness.ts';

testControl(bucketLogsAccess, {
  rows: {
    'logs go to a bucket': {
      given: { logging: { TargetBucket: 'logs', TargetPrefix: '' } },
      verdict: 'PASS',
    },
    'logging is off, and the baseline names no bucket for logs': {
      given: { logging: undefined },
      verdict: 'FAIL',
      evidence: ['logging'],
      plan: { proposal: /logBucket/ },
    },
    'logging is off': {
      given: { logging: undefined },
      parameters: { logBucket: 'logs' },
      verdict: 'FAIL',
      plan: {
        risk: 'disruptive',
        calls: ['s3.putBucketLogging'],
        input: {
          Bucket: 'example',
          BucketLoggingStatus: {
            LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: 'example/' },
          },
        },
      },
    },
    'logging is off on the bucket that takes the logs': {
      given: { logging: undefined },
      parameters: { logBucket: 'example' },
      verdict: 'FAIL',
      plan: { proposal: /takes the logs itself/ },
    },
  },
});
