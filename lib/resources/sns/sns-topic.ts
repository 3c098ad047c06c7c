import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { sns } from '../../services/sns.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => sns.arn('topic', ref, ref.id);

/** The name in a topic's ARN; another account's topic is not evaluated here. */
const topicName = (text: string, account: string): string | undefined => {
  const [, owner, name] = /^arn:[^:]+:sns:[^:]*:(\d*):([^:]+)$/.exec(text) ?? [];
  return owner === account ? name : undefined;
};

const attributesOf = async (reader: Reader, ref: Ref) => {
  const { Attributes = {} } = await reader.call('sns', 'getTopicAttributes', {
    TopicArn: arn(ref),
  });
  return Attributes;
};

/** A topic of the account and region; its id is its name. */
export const snsTopic = defineResourceType({
  type: 'AWS::SNS::Topic',
  scope: 'regional',
  securityHubType: 'AwsSnsTopic',
  live: {
    gone: ['NotFoundException', 'NotFound'],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: sns.eventSource,
        calls: {
          CreateTopic: 'created',
          SetTopicAttributes: ['encryption', 'policy'],
          AddPermission: ['policy'],
          RemovePermission: ['policy'],
          DeleteTopic: 'deleted',
        },
        hides: ['SetTopicAttributes', 'AddPermission', 'RemovePermission'],
        idsIn: named({ request: ['topicArn'], response: ['topicArn'], idOf: topicName }),
      },
    ],
    list: {
      actions: ['sns:ListTopics'],
      page: async (reader, token) => {
        const { Topics = [], NextToken } = await reader.call(
          'sns',
          'listTopics',
          token === undefined ? {} : { NextToken: token },
        );
        const resources = Topics.map(({ TopicArn = '' }) => ({
          id: TopicArn.split(':').at(-1) ?? TopicArn,
        }));
        return { resources, ...(NextToken ? { next: NextToken } : {}) };
      },
    },
  },
  arn,
  about: {
    actions: ['sns:ListTagsForResource'],
    read: async (reader, ref) => {
      const { Tags = [] } = await reader.call('sns', 'listTagsForResource', {
        ResourceArn: arn(ref),
      });
      const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      return { arn: arn(ref), tags };
    },
  },
  facets: {
    /** The access policy; every topic has one. */
    policy: {
      actions: ['sns:GetTopicAttributes'],
      read: async (reader, ref) => (await attributesOf(reader, ref))['Policy'],
      comparable: asData,
    },
    /** The key of KMS by which messages are encrypted; `undefined` where they are not. */
    encryption: {
      actions: ['sns:GetTopicAttributes'],
      read: async (reader, ref) => {
        const { KmsMasterKeyId } = await attributesOf(reader, ref);
        return { kmsKey: KmsMasterKeyId === '' ? undefined : KmsMasterKeyId };
      },
    },
  },
});
