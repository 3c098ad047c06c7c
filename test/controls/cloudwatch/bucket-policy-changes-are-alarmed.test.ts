import { bucketPolicyChangesAreAlarmed } from '../../../lib/controls/cloudwatch/bucket-policy-changes-are-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches:
    '{($.eventSource=s3.amazonaws.com) && (($.eventName=PutBucketAcl) || ($.eventName=PutBucketPolicy) || ($.eventName=PutBucketCors) || ($.eventName=PutBucketLifecycle) || ($.eventName=PutBucketReplication) || ($.eventName=DeleteBucketPolicy) || ($.eventName=DeleteBucketCors) || ($.eventName=DeleteBucketLifecycle) || ($.eventName=DeleteBucketReplication))}',
  misses:
    '{($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycle) || ($.eventName = PutBucketReplication) || ($.eventName = DeleteBucketPolicy) || ($.eventName = DeleteBucketCors) || ($.eventName = DeleteBucketLifecycle) || ($.eventName = DeleteBucketReplication)}',
});

testControl(bucketPolicyChangesAreAlarmed, table);
