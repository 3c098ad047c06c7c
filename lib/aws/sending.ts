import type { SQS } from '@aws-sdk/client-sqs';
import type { Change } from '../engine/changes/change.ts';
import { chunked } from '../support/chunked.ts';
import { encode } from '../support/wire.ts';
import { asError } from './errors.ts';

/** What SQS takes in one call, with room for the names of its members. */
const limits = { most: 10, mostBytes: 250_000 };
/** As many as a batch of a queue brings at once. */
const mostJoined = 10;
/** Seconds that a change may come late, so that it comes with others. */
const mostLateSeconds = 1;

interface Waiting<Message> {
  readonly message: Message;
  readonly delaySeconds: number;
  readonly done: (failure?: Error) => void;
}
/** A message as it is sent, with those who wait for it. */
interface Parcel {
  readonly body: string;
  readonly delaySeconds: number;
  readonly of: readonly Waiting<object>[];
}

const alone = (one: Waiting<object>): Parcel => ({
  body: encode(one.message),
  delaySeconds: one.delaySeconds,
  of: [one],
});

/** Changes that are wanted at about the same moment, in one message that comes with the latest of them. */
const joinedParcels = (all: readonly Waiting<Change>[]): readonly Parcel[] => {
  const groups: Waiting<Change>[][] = [];
  for (const one of all.toSorted((a, b) => b.delaySeconds - a.delaySeconds)) {
    const open = groups.at(-1);
    const latest = open?.[0]?.delaySeconds ?? 0;
    const fits = open && open.length < mostJoined && latest - one.delaySeconds <= mostLateSeconds;
    if (fits) open.push(one);
    else groups.push([one]);
  }
  return groups.flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    if (group.length === 1) return [alone(first)];
    const changes = group.map(({ message }) => message);
    return [{ ...alone(first), body: encode({ version: 1, changes }), of: group }];
  });
};

const failed = (QueueUrl: string, why: string | undefined): Error =>
  new Error(`a message was not taken by ${QueueUrl}: ${why}`);

const sendAll = async (sqs: SQS, QueueUrl: string, parcels: readonly Parcel[]): Promise<void> => {
  for (const some of chunked(parcels, ({ body }) => Buffer.byteLength(body), limits)) {
    const told = (parcel: Parcel, failure?: Error) => {
      for (const { done } of parcel.of) done(failure);
    };
    try {
      const { Failed = [] } = await sqs.sendMessageBatch({
        QueueUrl,
        Entries: some.map(({ body, delaySeconds }, index) => ({
          Id: `${index}`,
          MessageBody: body,
          DelaySeconds: delaySeconds,
        })),
      });
      const refused = new Map(Failed.map(({ Id, Message }) => [Id, failed(QueueUrl, Message)]));
      some.forEach((parcel, index) => void told(parcel, refused.get(`${index}`)));
    } catch (error) {
      for (const parcel of some) told(parcel, asError(error));
    }
  }
};

/** Gathers what is sent at the same moment. */
const gathering = <Message extends object>(
  send: (all: readonly Waiting<Message>[]) => Promise<void>,
) => {
  let waiting: Waiting<Message>[] = [];
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    void send(all);
  };
  return (message: Message, delaySeconds: number): Promise<void> =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      const done = (failure?: Error) => (failure ? reject(failure) : resolve());
      waiting.push({ message, delaySeconds, done });
    });
};

/** Sends messages to queues. */
export interface Sending {
  /** Resolves once SQS has the message; those of one moment are one call. */
  send(queueUrl: string, message: object, delaySeconds?: number): Promise<void>;
  /** The same of a change, which may come a second later, in one message with others. */
  sendJoined(queueUrl: string, change: Change, delaySeconds: number): Promise<void>;
}

/** One gathering for each queue. */
const gatherings = <Message extends object>(
  sqs: SQS,
  parcelsOf: (all: readonly Waiting<Message>[]) => readonly Parcel[],
) => {
  const made = new Map<string, ReturnType<typeof gathering<Message>>>();
  return (queueUrl: string) => {
    const known =
      made.get(queueUrl) ?? gathering<Message>((all) => sendAll(sqs, queueUrl, parcelsOf(all)));
    made.set(queueUrl, known);
    return known;
  };
};

export const createSending = (sqs: SQS): Sending => {
  const each = gatherings<object>(sqs, (all) => all.map(alone));
  const joined = gatherings<Change>(sqs, joinedParcels);
  return {
    send: (queueUrl, message, delaySeconds = 0) => each(queueUrl)(message, delaySeconds),
    sendJoined: (queueUrl, change, delaySeconds) => joined(queueUrl)(change, delaySeconds),
  };
};
