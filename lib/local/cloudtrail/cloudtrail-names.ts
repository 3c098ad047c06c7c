import type { DecodedCall } from '../endpoint/call.ts';
import type { ServiceName } from '../endpoint/services.ts';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
const aliases: Partial<Record<ServiceName, Readonly<Record<string, string>>>> = {
  s3: {
    PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
    DeletePublicAccessBlock: 'DeleteBucketPublicAccessBlock',
    PutBucketLifecycleConfiguration: 'PutBucketLifecycle',
    PutBucketNotificationConfiguration: 'PutBucketNotification',
  },
  s3control: {
    PutPublicAccessBlock: 'PutAccountPublicAccessBlock',
    DeletePublicAccessBlock: 'DeleteAccountPublicAccessBlock',
  },
};

/** The call as CloudTrail names it. */
export const eventName = ({ service, operation }: DecodedCall) =>
  aliases[service]?.[operation] ?? operation;

const prefixes: Partial<Record<ServiceName, string>> = {
  accessanalyzer: 'access-analyzer',
  configservice: 'config',
  s3control: 's3',
};

/** What stands before `.amazonaws.com` in an event's source, and after `aws.` on EventBridge. */
export const sourceOf = ({ service }: DecodedCall) => prefixes[service] ?? service;

/** Services with one endpoint for the world, whose events arrive in us-east-1. */
export const regionOf = ({ service, region }: DecodedCall) =>
  service === 'iam' ? 'us-east-1' : region;

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
const dataCalls: Partial<Record<ServiceName, RegExp>> = {
  dynamodb: /Item|^(Query|Scan|ExecuteStatement|BatchExecuteStatement|ExecuteTransaction)$/,
  events: /^PutEvents$/,
  lambda: /^Invoke/,
  s3: /Object(?!LockConfiguration)|MultipartUpload|UploadPart|^(CreateSession|ListParts)/,
  sns: /^Publish/,
  sqs: /Message(?!MoveTask)/,
};

/** Calls on data are logged only where a trail asks for them. */
export const isManagementCall = ({ service, operation }: DecodedCall) =>
  !dataCalls[service]?.test(operation);
