import { createHash } from 'node:crypto';
import type { SQS } from '@aws-sdk/client-sqs';
import { type Change, keyOf, type TypeChange } from '../engine/changes/change.ts';
import type { HostMessage } from '../engine/changes/host-message.ts';
import type { RemediationRequest } from '../engine/remediation/request.ts';
import { chunked } from '../support/chunked.ts';
import { encode } from '../support/wire.ts';

/** The queues that our own messages go to. */
export interface Queues {
  /** Judged again after `delaySeconds` (at most 900). */
  settle(change: Change, delaySeconds: number): Promise<void>;
  /** Changes that a sweep found, to be judged when there is time. */
  sweepChanges(changes: readonly Change[]): Promise<void>;
  /** Types to be listed. */
  sweepTypes(sweeps: readonly TypeChange[], delaySeconds?: number): Promise<void>;
  /** Judged again at once: an action was carried out, or a person's word counts from now on. */
  review(change: Change): Promise<void>;
  /** The same for a host, by what it said last: nothing is read of it. Absent where no host is audited. */
  reviewHost?(host: string): Promise<void>;
  /** Asks for an action; asked again with the same id, it is the same. Actions on one resource come one by one. */
  ask(asks: readonly RemediationRequest[]): Promise<void>;
  /** Brings a message of one of these queues back after `seconds`, before its visibility timeout. */
  retry(queueArn: string, receiptHandle: string, seconds: number): Promise<void>;
}

export interface QueueUrls {
  readonly changes: string;
  readonly sweeps: string;
  readonly pages: string;
  /** Absent where nothing is remediated. */
  readonly remediations?: string | undefined;
  /** Of those who deal with hosts. */
  readonly audits?: string | undefined;
  readonly hostResults?: string | undefined;
}

const limits = { most: 10, mostBytes: 250_000 };

/** Each answer to an action's commands comes once, and so does each try of what waits. */
const deduplicationId = (ask: RemediationRequest): string => {
  if (ask.ask === 'answer') return `${ask.id}-${ask.command}`;
  return ask.ask === 'remediate' && ask.waited ? `${ask.id}-${ask.waited.tries}` : ask.id;
};

export const createQueues = (sqs: SQS, urls: QueueUrls): Queues => {
  const send = async (QueueUrl: string, messages: readonly object[], DelaySeconds = 0) => {
    for (const bodies of chunked(messages.map(encode), Buffer.byteLength, limits)) {
      const answer = await sqs.sendMessageBatch({
        QueueUrl,
        Entries: bodies.map((MessageBody, index) => ({
          Id: `${index}`,
          MessageBody,
          DelaySeconds,
        })),
      });
      const failed = answer.Failed?.[0];
      if (failed) throw new Error(`a message was not taken by ${QueueUrl}: ${failed.Message}`);
    }
  };
  const { hostResults } = urls;
  const news = (host: string): HostMessage => ({ news: 'review', host });
  return {
    ...(hostResults !== undefined && {
      reviewHost: (host: string) => send(hostResults, [{ version: 1, ...news(host) }]),
    }),
    settle: (change, delaySeconds) => send(urls.changes, [change], Math.min(900, delaySeconds)),
    review: (change) => send(urls.changes, [change]),
    async ask(asks) {
      if (urls.remediations === undefined) throw new Error('this stack remediates nothing');
      for (const ask of asks) {
        await sqs.sendMessage({
          QueueUrl: urls.remediations,
          MessageBody: encode(ask),
          MessageGroupId: createHash('sha256').update(keyOf(ask)).digest('hex'),
          MessageDeduplicationId: deduplicationId(ask),
        });
      }
    },
    sweepChanges: (changes) => send(urls.sweeps, changes),
    sweepTypes: (sweeps, delaySeconds) => send(urls.pages, sweeps, delaySeconds),
    async retry(queueArn, ReceiptHandle, VisibilityTimeout) {
      const name = queueArn.split(':').at(-1);
      const QueueUrl = Object.values({ ...urls }).find((url) => url?.endsWith(`/${name}`));
      if (QueueUrl === undefined) throw new Error(`${queueArn} is none of Plumbline's queues`);
      await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout });
    },
  };
};
