import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { trail } from '../../resources/cloudtrail/trail.ts';
import { unseen } from './shared/unseen-bucket.ts';

export const trailBucketLogsAccess = defineControl(trail, {
  id: 'CloudTrail.7',
  title: 'Ensure S3 bucket access logging is enabled on the CloudTrail S3 bucket',
  severity: 'LOW',
  rationale:
    'Who looks at the log of an intrusion, or deletes it, is seen only by the bucket’s own log.',
  standards: { 'cis-aws-1.4.0': ['3.6'], 'cis-aws-3.0.0': ['3.4'], 'cis-aws-5.0.0': ['3.4'] },
  needs: ['trail', 'bucketLogging'],
  evaluate({ trail: { bucket }, bucketLogging }) {
    if (!bucketLogging) return unknown(unseen(bucket));
    if (bucketLogging.target) return pass;
    return fail(`the bucket ${bucket} does not log access`, [
      { path: 'bucketLogging.target', actual: null, expected: 'another bucket' },
    ]);
  },
  remediation: {
    advice:
      'Turn on server access logging of the bucket, to a bucket other than its own; S3.9 has a plan for it.',
  },
});
