import { createHash } from 'node:crypto';
import type { SQS } from '@aws-sdk/client-sqs';
import { type Change, keyOf, type PlaceSweep, type TypeChange } from '../engine/changes/change.ts';
import { type HostMessage, sayWhere } from '../engine/changes/host-message.ts';
import type { Place } from '../engine/changes/place.ts';
import type { RemediationRequest } from '../engine/remediation/request.ts';
import type { Ref } from '../model/resource-type.ts';
import { inParts } from '../support/chunked.ts';
import { encode } from '../support/wire.ts';
import { createSending } from './sending.ts';

/** The queues that our own messages go to. */
export interface Queues {
  /** Evaluated again after `delaySeconds` (at most 900). */
  settle(change: Change, delaySeconds: number): Promise<void>;
  /** Changes that a sweep found, or that are more than the share of their account, to be evaluated when there is time. */
  sweepChanges(changes: readonly Change[], delaySeconds?: number): Promise<void>;
  /** Types to be listed. */
  sweepTypes(sweeps: readonly TypeChange[], delaySeconds?: number): Promise<void>;
  /** Regions of accounts to be swept. */
  sweepPlaces(sweeps: readonly PlaceSweep[], delaySeconds?: number): Promise<void>;
  /** The accounts of the organization to be listed. */
  sweepRoster(delaySeconds: number): Promise<void>;
  /** Evaluated again at once: an action was carried out, or a person's word counts from now on. */
  review(change: Change): Promise<void>;
  /** The same for a host, by what it said last: nothing is read of it. Absent where no host is audited. */
  reviewHost?(host: Ref): Promise<void>;
  /** Asks for an action; asked again with the same id, it is the same. Actions on one resource come one by one. */
  ask(asks: readonly RemediationRequest[]): Promise<void>;
  /**
   * Which of these are messages that are held from a queue that the function reads. Whoever may invoke the function can
   * write a record by hand; a receipt handle is given by receiving alone.
   */
  prove(records: readonly Receipt[]): Promise<readonly Proof[]>;
  /** Brings a message of one of these queues back after `seconds`, before its visibility timeout. */
  retry(queueArn: string, receiptHandle: string, seconds: number): Promise<void>;
}

/** By what a record says that it is a message of a queue. */
export interface Receipt {
  readonly eventSourceARN: string;
  readonly receiptHandle: string;
}
/** `unsure` may pass when tried again. */
export type Proof = 'ours' | 'forged' | 'unsure';

/** The queues that a function reads. */
export interface Inboxes {
  readonly urls: readonly string[];
  /** For which a received message is held: as long as their visibility timeout. */
  readonly heldSeconds: number;
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

/** Each answer to an action's commands comes once, and so does each verdict, and each try of what waits. */
const deduplicationId = (ask: RemediationRequest): string => {
  if (ask.ask === 'answer') return `${ask.id}-${ask.command}`;
  if (ask.ask === 'conclude') return `${ask.id}-row-${ask.row}`;
  return ask.ask === 'remediate' && ask.waited ? `${ask.id}-${ask.waited.tries}` : ask.id;
};

const urlOf = (queueArn: string, urls: readonly string[]): string | undefined =>
  urls.find((url) => url.endsWith(`/${queueArn.split(':').at(-1)}`));

/**
 * Holds messages for as long as their queue does from now on, which is longer than they are held already. One that is
 * not received, or not of this queue, fails: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
const hold = async (
  sqs: SQS,
  QueueUrl: string,
  receipts: readonly Receipt[],
  VisibilityTimeout: number,
): Promise<readonly Proof[]> => {
  const { Successful = [], Failed = [] } = await sqs.changeMessageVisibilityBatch({
    QueueUrl,
    Entries: receipts.map(({ receiptHandle }, index) => ({
      Id: `${index}`,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout,
    })),
  });
  const held = new Set(Successful.map(({ Id }) => Id));
  const faulty = new Set(Failed.flatMap(({ Id, SenderFault }) => (SenderFault ? [Id] : [])));
  return receipts.map((_, index) => {
    if (held.has(`${index}`)) return 'ours';
    return faulty.has(`${index}`) ? 'forged' : 'unsure';
  });
};

/** SQS takes up to ten at once; the poller brings no more. */
const mostHeld = 10;

const proveWith = async (
  sqs: SQS,
  { urls, heldSeconds }: Inboxes,
  records: readonly Receipt[],
): Promise<readonly Proof[]> => {
  const proofs = new Map<Receipt, Proof>();
  await Promise.all(
    urls.map(async (url) => {
      const own = records.filter(
        ({ eventSourceARN, receiptHandle }) =>
          receiptHandle !== '' && urlOf(eventSourceARN, urls) === url,
      );
      for (const some of inParts(own, mostHeld)) {
        const held = await hold(sqs, url, some, heldSeconds);
        for (const [index, one] of some.entries()) proofs.set(one, held[index] ?? 'unsure');
      }
    }),
  );
  return records.map((one) => proofs.get(one) ?? 'forged');
};

const none: Inboxes = { urls: [], heldSeconds: 0 };

export interface QueueOptions {
  /** Of a function; whoever only sends has none. */
  readonly inboxes?: Inboxes | undefined;
  /** Where Plumbline stands; whoever reviews no host has none. */
  readonly home?: Pick<Place, 'account' | 'homeRegion'> | undefined;
  /** Whether settles of one moment are sent as one message, which the release before does not read. @default false */
  readonly areSettlesJoined?: boolean;
}

export const createQueues = (
  sqs: SQS,
  urls: QueueUrls,
  { inboxes = none, home, areSettlesJoined = false }: QueueOptions = {},
): Queues => {
  const sending = createSending(sqs);
  const send = async (
    url: string,
    messages: readonly object[],
    delaySeconds?: number,
  ): Promise<void> => {
    await Promise.all(messages.map((one) => sending.send(url, one, delaySeconds)));
  };
  const settle = areSettlesJoined ? sending.sendJoined : sending.send;
  const { hostResults } = urls;
  return {
    ...(hostResults !== undefined &&
      home && {
        reviewHost({ id: host, ...where }: Ref) {
          const message: HostMessage = { type: 'review', host, ...sayWhere(where, home) };
          return send(hostResults, [{ version: 1, ...message }]);
        },
      }),
    settle: (change, delaySeconds) => settle(urls.changes, change, Math.min(900, delaySeconds)),
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
    sweepChanges: (changes, delaySeconds) => send(urls.sweeps, changes, delaySeconds),
    sweepTypes: (sweeps, delaySeconds) => send(urls.pages, sweeps, delaySeconds),
    sweepPlaces: (sweeps, delaySeconds) => send(urls.pages, sweeps, delaySeconds),
    sweepRoster: (delaySeconds) =>
      send(urls.pages, [{ version: 1, sweep: 'roster' }], delaySeconds),
    prove: (records) => proveWith(sqs, inboxes, records),
    async retry(queueArn, ReceiptHandle, VisibilityTimeout) {
      const QueueUrl = urlOf(queueArn, inboxes.urls);
      if (QueueUrl === undefined) throw new Error(`${queueArn} is none of Plumbline's queues`);
      await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout });
    },
  };
};
