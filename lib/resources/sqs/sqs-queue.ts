import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { partitionOf } from '../../services/partition.ts';
import { sqs } from '../../services/sqs.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => sqs.arn('queue', ref, ref.id);

/** Where a queue is called: https://docs.aws.amazon.com/general/latest/gr/sqs-service.html */
export const queueUrl = ({ account, region, id }: Ref): string => {
  const suffix = partitionOf(region) === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://sqs.${region}.${suffix}/${account}/${id}`;
};

/** The name in a queue's URL or ARN; the host of the URL has several forms. Another account's queue is not evaluated here. */
const queueName = (text: string, account: string): string | undefined => {
  const [, owner, name = text] =
    /^https?:\/\/[^/]+\/(\d+)\/([^/]+)$/.exec(text) ??
    /^arn:[^:]+:sqs:[^:]*:(\d*):(.+)$/.exec(text) ??
    [];
  if (owner !== undefined && owner !== account) return undefined;
  return /[/:]/.test(name) ? undefined : name;
};

const attributesOf = async (reader: Reader, ref: Ref) => {
  const asked = {
    QueueUrl: queueUrl(ref),
    AttributeNames: ['Policy' as const, 'KmsMasterKeyId' as const, 'SqsManagedSseEnabled' as const],
  };
  const { Attributes = {} } = await reader.call('sqs', 'getQueueAttributes', asked);
  return Attributes;
};

/** A queue of the account and region; its id is its name. */
export const sqsQueue = defineResourceType({
  type: 'AWS::SQS::Queue',
  scope: 'regional',
  securityHubType: 'AwsSqsQueue',
  live: {
    gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
    // "can take up to 60 seconds" (API reference, SetQueueAttributes)
    settlesAfterSeconds: 60,
    announcements: [
      {
        via: 'cloudtrail',
        source: sqs.eventSource,
        calls: {
          CreateQueue: 'created',
          SetQueueAttributes: ['encryption', 'policy'],
          AddPermission: ['policy'],
          RemovePermission: ['policy'],
          DeleteQueue: 'deleted',
        },
        hides: ['SetQueueAttributes', 'AddPermission', 'RemovePermission'],
        idsIn: named({
          request: ['queueUrl', 'queueName'],
          response: ['queueUrl'],
          idOf: queueName,
        }),
      },
    ],
    list: {
      actions: ['sqs:ListQueues'],
      page: async (reader, token) => {
        const { QueueUrls = [], NextToken } = await reader.call('sqs', 'listQueues', {
          MaxResults: 1000,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const resources = QueueUrls.map((url) => ({ id: url.split('/').at(-1) ?? url }));
        return { resources, ...(NextToken ? { next: NextToken } : {}) };
      },
    },
  },
  arn,
  about: {
    actions: ['sqs:ListQueueTags'],
    read: async (reader, ref) => {
      const { Tags = {} } = await reader.call('sqs', 'listQueueTags', { QueueUrl: queueUrl(ref) });
      return { arn: arn(ref), tags: Tags };
    },
  },
  facets: {
    /** The access policy; `undefined` where there is none, and only the owner's account may use the queue. */
    policy: {
      actions: ['sqs:GetQueueAttributes'],
      read: async (reader, ref) => (await attributesOf(reader, ref)).Policy,
      comparable: asData,
    },
    /** By which key messages are encrypted: one of KMS, one that SQS manages, or none. */
    encryption: {
      actions: ['sqs:GetQueueAttributes'],
      read: async (reader, ref) => {
        const { KmsMasterKeyId, SqsManagedSseEnabled } = await attributesOf(reader, ref);
        // A key that was taken off is an empty text.
        return {
          kmsKey: KmsMasterKeyId || undefined,
          isManagedBySqs: SqsManagedSseEnabled === 'true',
        };
      },
    },
  },
});
