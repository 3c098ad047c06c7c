import type { Effects } from './effects.ts';

type Facts = Readonly<Record<string, unknown>>;
const streamIn = (snapshot: Facts): Facts => {
  const stream: Facts = { ...Object(snapshot['stream']) };
  if (stream['state'] !== 'ACTIVE') throw new Error('ResourceInUseException');
  return stream;
};

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html, and that of the opposite:
// each refuses to go the other way.
const retention =
  (isRefused: (hours: number, before: number) => boolean): Effects[string] =>
  (snapshot, { RetentionPeriodHours }) => {
    const stream = streamIn(snapshot);
    if (isRefused(Number(RetentionPeriodHours), Number(stream['retentionHours'] ?? 24)))
      throw new Error('InvalidArgumentException');
    return { ...snapshot, stream: { ...stream, retentionHours: RetentionPeriodHours } };
  };

export const kinesis: Effects = {
  startStreamEncryption: (snapshot, { KeyId }) => ({
    ...snapshot,
    stream: { ...streamIn(snapshot), isEncrypted: true, kmsKey: KeyId },
  }),
  stopStreamEncryption: (snapshot) => ({
    ...snapshot,
    stream: { ...streamIn(snapshot), isEncrypted: false, kmsKey: undefined },
  }),
  increaseStreamRetentionPeriod: retention((hours, before) => hours < before),
  decreaseStreamRetentionPeriod: retention((hours, before) => hours > before),
};
