import type { Message, SQS } from '@aws-sdk/client-sqs';

const idIn = ({ Body = '{}' }: Message): string => JSON.parse(Body).ref?.id ?? '';

/** Takes the messages of the Remediations queue in the function's place, for whoever waits for those of a resource. */
export const takeDeliveries = (sqs: SQS, QueueUrl: string) => {
  const arrived = new Map<string, Message[]>();
  const awaited = new Map<string, (message: Message) => void>();
  const ending = new AbortController();
  const give = (message: Message) => {
    const id = idIn(message);
    const waiting = awaited.get(id);
    awaited.delete(id);
    if (waiting) waiting(message);
    else arrived.set(id, [...(arrived.get(id) ?? []), message]);
  };
  const poll = async () => {
    while (!ending.signal.aborted) {
      const asked = {
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['All' as const],
      };
      const { Messages = [] } = await sqs.receiveMessage(asked);
      for (const message of Messages) give(message);
    }
  };
  const polling = poll();
  return {
    /** The next message on a resource. */
    next: (id: string): Promise<Message> =>
      new Promise((resolve, reject) => {
        const [first, ...rest] = arrived.get(id) ?? [];
        arrived.set(id, rest);
        if (first) return resolve(first);
        const late = setTimeout(() => reject(new Error(`nothing was asked on ${id}`)), 60_000);
        awaited.set(id, (message) => {
          clearTimeout(late);
          resolve(message);
        });
      }),
    done: async ({ ReceiptHandle }: Message) => {
      await sqs.deleteMessage({ QueueUrl, ReceiptHandle });
    },
    /** As when its visibility timeout has passed: whoever had it is gone. */
    again: async ({ ReceiptHandle }: Message) => {
      await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    },
    stop: async () => {
      ending.abort();
      await polling;
    },
  };
};
export type Deliveries = ReturnType<typeof takeDeliveries>;
