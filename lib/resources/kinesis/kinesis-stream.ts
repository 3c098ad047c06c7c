import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { kinesis } from '../../services/kinesis.ts';
import { tagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => kinesis.arn('stream', ref, ref.id);

const read = async (reader: Reader, { id }: Ref) => {
  const { StreamDescriptionSummary: summary } = await reader.call(
    'kinesis',
    'describeStreamSummary',
    { StreamName: id },
  );
  return {
    state: summary?.StreamStatus,
    // `NONE`, or no word at all, where records are stored as they are.
    isEncrypted: summary?.EncryptionType === 'KMS',
    kmsKey: summary?.KeyId || undefined,
    retentionHours: summary?.RetentionPeriodHours,
  };
};

/** The name in a stream's name or ARN, or in the ARN of one of its consumers. */
const streamName = (text: string): string | undefined => {
  const name = /^arn:[^:]+:kinesis:[^:]*:\d*:stream\/([^/]+)/.exec(text)?.[1] ?? text;
  return name.startsWith('arn:') ? undefined : name;
};

/** A data stream of the account and region; its id is its name. */
export const kinesisStream = defineResourceType({
  type: 'AWS::Kinesis::Stream',
  scope: 'regional',
  securityHubType: 'AwsKinesisStream',
  live: {
    gone: ['ResourceNotFoundException'],
    settlesAfterSeconds: 20,
    // "normally takes a few seconds to complete, but it can take minutes" (API reference, StartStreamEncryption)
    unsettled: {
      facet: 'stream',
      while: (value) => ['CREATING', 'UPDATING'].includes(String(Object(value).state)),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: kinesis.eventSource,
        calls: {
          CreateStream: 'created',
          StartStreamEncryption: ['stream'],
          StopStreamEncryption: ['stream'],
          IncreaseStreamRetentionPeriod: ['stream'],
          DecreaseStreamRetentionPeriod: ['stream'],
          PutResourcePolicy: ['stream'],
          DeleteStream: 'deleted',
        },
        hides: ['PutResourcePolicy'],
        idsIn: named({ request: ['streamName', 'streamARN', 'resourceARN'], idOf: streamName }),
      },
    ],
    list: {
      actions: ['kinesis:ListStreams'],
      page: async (reader, token) => {
        const { StreamNames = [], NextToken } = await reader.call('kinesis', 'listStreams', {
          Limit: 100,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const resources = StreamNames.map((id) => ({ id }));
        return { resources, ...(NextToken ? { next: NextToken } : {}) };
      },
    },
  },
  configurationItem: 'resourceName',
  arn,
  about: {
    actions: ['kinesis:ListTagsForStream'],
    read: async (reader, ref) => {
      // A stream has 50 tags at most.
      const asked = { StreamName: ref.id, Limit: 50 };
      const { Tags } = await reader.call('kinesis', 'listTagsForStream', asked);
      return { arn: arn(ref), tags: tagsIn(Tags) };
    },
  },
  facets: {
    /** Whether new records are encrypted, with which key, and how long they stay. */
    stream: {
      actions: ['kinesis:DescribeStreamSummary'],
      read,
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
  },
});
