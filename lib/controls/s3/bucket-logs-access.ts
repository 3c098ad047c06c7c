import { defineControl, fail, pass } from '../../model/control.ts';
import { optionalText } from '../../model/parameters.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { faultsOf, reasonOf } from './shared/log-delivery.ts';
import { planLogging } from './shared/log-plan.ts';

export const bucketLogsAccess = defineControl(s3Bucket, {
  id: 'S3.9',
  title: 'S3 general purpose buckets should have server access logging enabled',
  severity: 'MEDIUM',
  rationale: 'Without access logs nobody can say afterwards who read or deleted what.',
  standards: {
    'fsbp-1.0.0': ['S3.9'],
    'nist-800-53-r5': [
      ...['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3'],
      ...['AU-6(3)', 'AU-6(4)', 'CA-7', 'SC-7(9)', 'SI-3(8)', 'SI-4(20)', 'SI-7(8)'],
    ],
    'pci-dss-4.0.1': ['10.2.1'],
  },
  needs: ['logging', 'logTarget'],
  parameters: {
    logBucket: optionalText({
      allowed: 'the name of the bucket that takes the logs, of the same region and account',
      pattern: /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/,
    }),
  },
  evaluate({ logging, logTarget }, { ref }) {
    if (!logging?.TargetBucket || !logTarget)
      return fail('server access logging is off', [
        { path: 'logging', actual: null, expected: 'a target bucket' },
      ]);
    const faults = faultsOf(logTarget, { ref, prefix: logging.TargetPrefix ?? '' });
    if (faults.length === 0) return pass;
    return fail(
      reasonOf(logTarget.bucket, faults),
      faults.map(({ path, actual, expected }) => ({ path, actual, expected })),
    );
  },
  remediation: {
    advice:
      'Turn on server access logging to a bucket of the same region and account whose policy lets logging.s3.amazonaws.com put objects, with SSE-S3 as its default encryption, no default retention of Object Lock, and no Requester Pays. Exempt the bucket that receives the logs.',
    needs: ['namedLogTarget'],
    grants: [{ actions: ['s3:PutBucketLogging'], on: ({ arn }) => [arn] }],
    plan: (state, { ref, parameters: { logBucket } }) => planLogging(state, logBucket, ref),
  },
});
