import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const newStream = async (clients: Clients): Promise<string> => {
  const StreamName = uniqueName('drift');
  const kinesis = await clients('kinesis');
  await kinesis.createStream({ StreamName, ShardCount: 1 });
  return StreamName;
};
const key = { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } as const;

export const kinesisDrifts: readonly Drift[] = [
  {
    control: 'Kinesis.1',
    type: 'AWS::Kinesis::Stream',
    title: 'somebody stops the encryption of a stream',
    arrange: async (clients) => {
      const StreamName = await newStream(clients);
      await (await clients('kinesis')).startStreamEncryption({ StreamName, ...key });
      return StreamName;
    },
    drift: async (clients, StreamName) =>
      (await clients('kinesis')).stopStreamEncryption({ StreamName, ...key }),
  },
  {
    control: 'Kinesis.3',
    type: 'AWS::Kinesis::Stream',
    title: 'somebody keeps the records of a stream for two days',
    arrange: async (clients) => {
      const StreamName = await newStream(clients);
      const kinesis = await clients('kinesis');
      await kinesis.increaseStreamRetentionPeriod({ StreamName, RetentionPeriodHours: 168 });
      return StreamName;
    },
    drift: async (clients, StreamName) =>
      (await clients('kinesis')).decreaseStreamRetentionPeriod({
        StreamName,
        RetentionPeriodHours: 48,
      }),
  },
];
