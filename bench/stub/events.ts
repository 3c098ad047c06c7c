import { randomUUID } from 'node:crypto';

const queue = 'arn:aws:sqs:us-east-1:123456789012:changes';

const details = {
  s3: (id: string) => ({
    eventSource: 's3.amazonaws.com',
    eventName: 'DeleteBucketPublicAccessBlock',
    requestParameters: { bucketName: id },
  }),
  ec2: (id: string) => ({
    eventSource: 'ec2.amazonaws.com',
    eventName: 'AuthorizeSecurityGroupIngress',
    requestParameters: { groupId: id },
  }),
} as const;
export type Kind = keyof typeof details;
export const kinds: readonly Kind[] = ['s3', 'ec2'];
/** For people. */
export const kindNames: Readonly<Record<Kind, string>> = {
  s3: 'a bucket',
  ec2: 'a security group',
};
export const idOf = { s3: 'invoices', ec2: 'sg-0a1b2c3d4e5f60718' } as const;
const messageOf = (body: string, SenderId: string) => ({
  messageId: randomUUID(),
  receiptHandle: randomUUID(),
  body,
  attributes: { ApproximateReceiveCount: '1', SenderId },
  eventSource: 'aws:sqs',
  eventSourceARN: queue,
  awsRegion: 'us-east-1',
});

/** One call of a person, as EventBridge puts it into the queue of changes now. */
export const recordOf = (
  kind: Kind,
  id: string,
  time = new Date(),
  account: string = '123456789012',
) => {
  const at = `${time.toISOString().slice(0, 19)}Z`;
  const detail = {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::${account}:user/alice`,
      accountId: account,
      userName: 'alice',
    },
    eventTime: at,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.24',
    userAgent: 'aws-cli/2.31.0',
    ...details[kind](id),
    responseElements: null,
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
  };
  const body = {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${kind}`,
    account,
    time: at,
    region: 'us-east-1',
    resources: [],
    detail,
  };
  return messageOf(JSON.stringify(body), 'AIDAEVENTS');
};

/** What the function sent to itself, as the queue brings it. */
export const ownRecordOf = (body: string) => messageOf(body, 'AROAOWN:evaluate');

/** What the stack sets for the function that evaluates, with the stub for AWS. */
export const environmentFor = (url: string, folder: string): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_ENDPOINT_URL: url,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  LAMBDA_TASK_ROOT: folder,
  POWERTOOLS_LOG_LEVEL: 'ERROR',
  POSTURE_TABLE: 'posture',
  CHANGES_QUEUE_URL: `${url}/123456789012/changes`,
  SWEEPS_QUEUE_URL: `${url}/123456789012/sweeps`,
  PAGES_QUEUE_URL: `${url}/123456789012/pages`,
  INBOX_URLS: `${url}/123456789012/changes`,
  INBOX_SENDERS: 'AROAOWN',
  INBOX_HELD_SECONDS: '180',
});

export const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:evaluate';
