import { s3Bucket } from '../../resources/s3-bucket.ts';
import { defineControl, fail, pass } from '../control.ts';

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
  evaluate({ logging }) {
    if (logging?.TargetBucket) return pass;
    return fail('server access logging is off', [
      { path: 'logging', actual: null, expected: 'a target bucket' },
    ]);
  },
  remediation: {
    advice:
      'Turn on server access logging to a bucket of the same region and account. Exempt the bucket that receives the logs.',
  },
});
