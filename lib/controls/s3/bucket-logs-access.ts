import { call, defineControl, fail, type Input, pass, propose } from '../../model/control.ts';
import { optionalText } from '../../model/parameters.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';

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
  needs: ['logging'],
  parameters: {
    logBucket: optionalText({
      allowed: 'the name of the bucket that takes the logs, of the same region and account',
      pattern: /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/,
    }),
  },
  evaluate({ logging }) {
    if (logging?.TargetBucket) return pass;
    return fail('server access logging is off', [
      { path: 'logging', actual: null, expected: 'a target bucket' },
    ]);
  },
  remediation: {
    advice:
      'Turn on server access logging to a bucket of the same region and account. Exempt the bucket that receives the logs.',
    grants: [{ actions: ['s3:PutBucketLogging'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id: Bucket }, parameters: { logBucket: TargetBucket } }) => {
      if (TargetBucket === null) return propose('the parameter logBucket names no bucket for logs');
      if (TargetBucket === Bucket)
        return propose('it takes the logs itself, and each log that it took would be logged again');
      const set = (BucketLoggingStatus: Input<'s3', 'putBucketLogging'>['BucketLoggingStatus']) =>
        call('s3', 'putBucketLogging', { Bucket, BucketLoggingStatus });
      // S3 refuses a target that does not exist, is of another account or region, or has ACLs on and does not let the
      // log delivery group write. Where ACLs are off it does not ask whether the target's policy lets
      // logging.s3.amazonaws.com put objects, nor whether its default encryption is SSE-S3, without which no log comes.
      return {
        kind: 'calls',
        risk: 'disruptive',
        summary: `sends access logs to ${TargetBucket}, at the price of what they take up`,
        calls: [set({ LoggingEnabled: { TargetBucket, TargetPrefix: `${Bucket}/` } })],
        undo: { calls: [set({})], widensAccess: false },
      };
    },
  },
});
