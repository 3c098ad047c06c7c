import { defineControl, fail, pass } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';

/** Whether an event that is announced, `s3:ObjectCreated:*`, is or holds the wanted one, `s3:ObjectCreated:Put`. */
const covers = (announced: string, wanted: string): boolean =>
  announced === wanted ||
  (announced.endsWith(':*') && wanted.startsWith(announced.slice(0, -'*'.length)));

export const bucketAnnouncesChanges = defineControl(s3Bucket, {
  id: 'S3.11',
  title: 'S3 general purpose buckets should have event notifications enabled',
  severity: 'MEDIUM',
  rationale:
    'Whoever keeps the objects is told within seconds of what is written, deleted or opened to others.',
  standards: {
    'fsbp-1.0.0': ['S3.11'],
    'nist-800-53-r5': ['CA-7', 'SI-3(8)', 'SI-4', 'SI-4(4)'],
  },
  needs: ['notifications'],
  parameters: {
    eventTypes: strings({
      default: [],
      allowed: 'event types that must be announced, s3:ObjectRemoved:* or s3:ObjectAcl:Put',
      pattern: /^s3:[A-Za-z]+(:([A-Za-z]+|\*))?$/,
    }),
  },
  evaluate({ notifications: { events, eventBridge } }, { parameters: { eventTypes } }) {
    // EventBridge gets every event of a bucket, and its rules choose:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
    if (eventBridge) return pass;
    if (events.length === 0)
      return fail('the bucket announces no change of its objects', [
        {
          path: 'notifications',
          actual: null,
          expected: 'a queue, topic, function or EventBridge',
        },
      ]);
    const missing = eventTypes.filter((wanted) => !events.some((one) => covers(one, wanted)));
    if (missing.length === 0) return pass;
    return fail(`the bucket does not announce ${missing.join(', ')}`, [
      { path: 'notifications.events', actual: events, expected: eventTypes },
    ]);
  },
  remediation: {
    advice:
      'Turn on event notifications to EventBridge, which gets every event, or to a queue, topic or function for the types that matter. Who is told, and at which price, is for the owner to say.',
  },
});
