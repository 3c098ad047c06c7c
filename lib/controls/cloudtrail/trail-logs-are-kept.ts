import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { trail } from '../../resources/cloudtrail/trail.ts';
import { plural } from '../../support/plural.ts';
import { daysKept } from './shared/log-lifecycle.ts';
import { unseen } from './shared/unseen-bucket.ts';

export const trailLogsAreKept = defineControl(trail, {
  id: 'PL.CLOUDTRAIL.1',
  title: 'The bucket of a CloudTrail trail should not delete its logs within days',
  severity: 'HIGH',
  rationale:
    'A lifecycle rule of one day deletes the logs of an intrusion while the trail goes on logging, and takes no right to delete an object.',
  standards: {},
  needs: ['trail', 'bucketLifecycle'],
  parameters: { minimumDays: integer({ default: 7, min: 1, max: 3650 }) },
  evaluate({ trail: { bucket }, bucketLifecycle }, { ref, parameters: { minimumDays } }) {
    if (!bucketLifecycle) return unknown(unseen(bucket));
    const days = daysKept(bucketLifecycle, ref.account);
    if (days >= minimumDays) return pass;
    return fail(
      days === 0
        ? `a lifecycle rule of the bucket ${bucket} deletes every log by its date`
        : `lifecycle rules of the bucket ${bucket} delete logs after ${plural(days, 'day')}`,
      [
        {
          path: 'bucketLifecycle.rules',
          actual: days,
          expected: `${plural(minimumDays, 'day')} or more`,
        },
      ],
    );
  },
  remediation: {
    advice:
      'Disable the lifecycle rules of the bucket that delete logs so early: S3 deletes what has expired once a day. Turn on versioning, so that a rule that expires a log does not delete it, or Object Lock with a retention, and look who changed the rules.',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html',
  },
});
