import type { SQS } from '@aws-sdk/client-sqs';
import { type Letter, redrivenOf } from '../engine/changes/redriven.ts';
import { chunked } from '../support/chunked.ts';
import { encode } from '../support/wire.ts';

/** What our standard queues gave up. */
export interface DeadLetters {
  /** Sends what may be tried once more where it came from; answers how many that were. */
  redrive(now: Date): Promise<number>;
}
/** A queue of dead letters, and the queue that gave them up; URLs. */
export interface Redrive {
  readonly from: string;
  readonly to: string;
}

/** Batches that one look takes of a queue. */
const mostBatches = 50;
/** Seconds for which a letter that was looked at is not seen again: longer than a look takes. */
const heldSeconds = 120;

interface Again {
  readonly ReceiptHandle: string;
  readonly MessageBody: string;
}
const limits = { most: 10, mostBytes: 250_000 };
const bytesOf = ({ MessageBody }: Again): number => Buffer.byteLength(MessageBody);

const letterOf = (message: {
  readonly Body?: string | undefined;
  readonly Attributes?: Partial<Record<string, string>> | undefined;
}): Letter => ({
  body: message.Body ?? '',
  sender: message.Attributes?.['SenderId'] ?? '',
  sentAt: new Date(Number(message.Attributes?.['SentTimestamp'])),
});

export const createDeadLetters = (
  sqs: () => Promise<SQS>,
  redrives: readonly Redrive[],
): DeadLetters => {
  /** Sent before they are deleted: what comes twice is evaluated twice, what is lost is not. */
  const sendAgain = async ({ from, to }: Redrive, some: readonly Again[]): Promise<number> => {
    const queue = await sqs();
    const named = some.map((one, index) => ({ ...one, Id: `${index}` }));
    const { Successful = [] } = await queue.sendMessageBatch({
      QueueUrl: to,
      Entries: named.map(({ Id, MessageBody }) => ({ Id, MessageBody })),
    });
    const sent = new Set(Successful.map(({ Id }) => Id));
    const Entries = named.flatMap(({ Id, ReceiptHandle }) =>
      sent.has(Id) ? [{ Id, ReceiptHandle }] : [],
    );
    if (Entries.length > 0) await queue.deleteMessageBatch({ QueueUrl: from, Entries });
    return Entries.length;
  };
  const redriveOne = async (one: Redrive, now: Date): Promise<number> => {
    let count = 0;
    for (let batch = 0; batch < mostBatches; batch += 1) {
      const { Messages = [] } = await (await sqs()).receiveMessage({
        QueueUrl: one.from,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: heldSeconds,
        MessageSystemAttributeNames: ['SenderId', 'SentTimestamp'],
      });
      if (Messages.length === 0) break;
      const due = Messages.flatMap((message): Again[] => {
        const letter = redrivenOf(letterOf(message), now);
        const { ReceiptHandle } = message;
        return letter && ReceiptHandle !== undefined
          ? [{ ReceiptHandle, MessageBody: encode(letter) }]
          : [];
      });
      for (const some of chunked(due, bytesOf, limits)) count += await sendAgain(one, some);
    }
    return count;
  };
  return {
    async redrive(now) {
      let count = 0;
      for (const one of redrives) count += await redriveOne(one, now);
      return count;
    },
  };
};
