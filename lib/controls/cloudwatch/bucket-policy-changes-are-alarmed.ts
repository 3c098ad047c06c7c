import { alarmOn, calls } from './shared/trail-alarms.ts';

export const bucketPolicyChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.8',
    title: 'Ensure a log metric filter and alarm exist for S3 bucket policy changes',
    rationale: 'A policy can open a bucket to everybody.',
    cis: '4.8',
    what: 'changes of bucket policies',
  },
  calls(
    's3',
    'PutBucketAcl',
    'PutBucketPolicy',
    'PutBucketCors',
    'PutBucketLifecycle',
    'PutBucketReplication',
    'DeleteBucketPolicy',
    'DeleteBucketCors',
    'DeleteBucketLifecycle',
    'DeleteBucketReplication',
  ),
);
