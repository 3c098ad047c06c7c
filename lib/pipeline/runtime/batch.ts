import type { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { asError, messageOf } from '../../aws/errors.ts';
import type { Proof } from '../../aws/queues.ts';
import { redrivenIn } from '../../engine/changes/redriven.ts';
import { type Provenance, senderOf } from '../../engine/changes/sender.ts';
import type { DropReason } from '../../engine/changes/triggered.ts';
import type { Delivery } from '../../engine/remediation/delivery.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { runtimeFor } from './create-runtime.ts';
import { metricLine } from './metric-line.ts';
import type { Runtime } from './runtime.ts';

type Logger = Pick<PowertoolsLogger, 'info' | 'error'>;

/** What became of one item of a record. */
export type Outcome =
  | { readonly done: number }
  | { readonly dropped: DropReason }
  | { readonly failure: Error };

/**
 * A batch of a queue as the handler sees it. Anybody who may invoke the function can write records by hand: nothing is
 * written, sent or published for an item before it is known to be proven.
 */
export interface Batch<Item> {
  /** What all records ask for: at most to be read ahead. */
  readonly unproven: readonly Item[];
  /** Those of them whose records are messages of the function's own queues; the outcomes are of these, in order. */
  readonly proven: Promise<readonly Item[]>;
  readonly runtime: Runtime;
}
export type BatchEvent<Item> = SQSEvent & Batch<Item>;
export type BatchAnswer = SQSBatchResponse | readonly Outcome[];

/** What one record asks for, and the ids by which a reader of the logs finds its cause; never its content. */
export interface Parsed<Item> {
  readonly items: readonly Item[];
  readonly dropped?: DropReason;
  /** Sends what the record tells besides, once it is proven and the items are worked on: then the record is done. */
  readonly afterwards?: () => Promise<void>;
  readonly ids: Readonly<Record<string, unknown>>;
}
/** How a record came. */
export interface HowReceived {
  readonly provenance: Provenance;
  readonly delivery: Delivery;
  /** Whether it is a message of the function's own queues: to be waited for before anything is written. */
  readonly isOurs: Promise<boolean>;
}
interface Received<Item> extends Parsed<Item> {
  readonly record: SQSRecord;
  readonly sent: Promise<void>;
}
interface Internal<Item> extends Record<string, unknown> {
  received: readonly Received<Item>[];
  proofs: Promise<readonly Proof[]>;
  runtime: Runtime;
  work: Work;
}

/** Milliseconds that what is sent afterwards waits for the work at most: others wait for it, and the work may hang. */
const longestWaitMs = 1000;

interface Work {
  readonly done: Promise<void>;
  readonly end: () => void;
}
const begunWork = (): Work => {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, longestWaitMs);
    timer.unref();
    end = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  return { done, end };
};

/** Seconds until a failed record is tried again: 2, 4, … 60 by how often it was received. */
export const retryAfterSeconds = (receiveCount: number): number =>
  Math.min(60, 2 ** Math.max(1, receiveCount));

const receiveCountOf = ({ record }: { readonly record: SQSRecord }): number =>
  Number(record.attributes.ApproximateReceiveCount);
const deliveryOf = (record: SQSRecord): Delivery => ({
  message: record.messageId,
  receive: receiveCountOf({ record }),
});

/** The first failure among the items of each record, or of what was sent afterwards. */
const failuresOf = async <Item>(
  received: readonly Received<Item>[],
  outcomes: readonly Outcome[],
): Promise<ReadonlyMap<Received<Item>, Error>> => {
  const failures = new Map<Received<Item>, Error>();
  const all = await Promise.allSettled(received.map(({ sent }) => sent));
  let next = 0;
  received.forEach((one, index) => {
    const own = outcomes.slice(next, next + one.items.length);
    next += own.length;
    const failed = own.find((outcome) => 'failure' in outcome);
    const unsent = all[index];
    if (failed && 'failure' in failed) failures.set(one, failed.failure);
    else if (unsent?.status === 'rejected') failures.set(one, asError(unsent.reason));
  });
  return failures;
};

const counted = (reasons: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
};

const log = <Item>(
  logger: Logger,
  received: readonly Received<Item>[],
  outcomes: readonly Outcome[],
  failures: ReadonlyMap<Received<Item>, Error>,
  refused: readonly Received<Item>[],
  undone: number,
): void => {
  const idsOf = (one: Received<Item>) => ({
    messageId: one.record.messageId,
    receiveCount: receiveCountOf(one),
    ...one.ids,
  });
  for (const [one, failure] of failures) {
    logger.error('failed, and will be tried again', {
      ...idsOf(one),
      failure: `${failure.name}: ${messageOf(failure)}`,
    });
  }
  // Whoever wrote them by hand chose what they say: only their number is kept.
  if (refused.length > 0)
    logger.error('refused: no messages of our queues', { records: refused.length });
  const dropped = [...received, ...outcomes].flatMap((one) =>
    'dropped' in one && one.dropped !== undefined ? [one.dropped] : [],
  );
  logger.info('batch done', {
    records: received.length + refused.length,
    published: outcomes.reduce((sum, one) => sum + ('done' in one ? one.done : 0), 0),
    failed: failures.size,
    dropped: counted([...dropped, ...refused.map((): DropReason => 'forged')]),
    causes: received.map(idsOf),
    ...(undone > 0 ? { outcome: 'failed', ...metricLine('FailedRecords', 'outcome', undone) } : {}),
  });
};

/** The records of an event that somebody may have written by hand, each in the form of one. */
const recordsIn = ({ Records }: Partial<SQSEvent>): readonly SQSRecord[] =>
  list(Records).map((one) => {
    const said = asRecord(one);
    const [messageId, receiptHandle, body, eventSourceARN] = [
      'messageId',
      'receiptHandle',
      'body',
      'eventSourceARN',
    ].map((name) => text(said[name]) ?? '');
    return Object.assign(said, {
      messageId,
      receiptHandle,
      body,
      eventSourceARN,
      attributes: asRecord(said['attributes']),
    }) as unknown as SQSRecord;
  });

/** What a record says, and who says so; what we send once more is said by who said it first. */
const saidIn = ({ body, attributes }: SQSRecord, { ownRoles }: Runtime) => {
  const said: unknown = decode(body);
  const sender = senderOf(text(attributes.SenderId) ?? '', ownRoles);
  const again = sender.kind === 'own' ? redrivenIn(said) : undefined;
  return again
    ? { body: decode(again.body) as unknown, sender: senderOf(again.sender, ownRoles) }
    : { body: said, sender };
};

const isProven = (proof: Proof | undefined): boolean => proof === 'ours';

/**
 * Turns the records of a queue into items, and what became of them into a partial batch answer. What cannot be
 * understood is dropped and counted by reason; what failed is tried again after 2, 4, … 60 seconds. A record that is no
 * message of the function's queues is refused, counted and answered as failed: were it one after all, it would come
 * again.
 */
export const queueBatch = <Item>(
  logger: Logger,
  take: (body: unknown, runtime: Runtime, heard: HowReceived) => Promise<Parsed<Item>>,
  engineOf: (invokedFunctionArn: string) => Promise<Runtime> = runtimeFor,
): MiddlewareObj<BatchEvent<Item>, BatchAnswer> => ({
  async before(request) {
    const engine = await engineOf(request.context.invokedFunctionArn);
    const runtime = engine.governing ? { ...engine, ...(await engine.governing.now()) } : engine;
    const records = recordsIn(request.event);
    const proofs = runtime.queues.prove(records);
    // Whoever waits for it hears of its failure; nobody has to.
    proofs.catch(() => {});
    const work = begunWork();
    const received = await Promise.all(
      records.map(async (record, index) => {
        const { body, sender } = saidIn(record, runtime);
        const isOurs = proofs.then((all) => isProven(all[index]));
        isOurs.catch(() => {});
        const provenance = { sender, now: runtime.clock() };
        const heard = { provenance, delivery: deliveryOf(record), isOurs };
        const parsed = await take(body, runtime, heard);
        const sent = Promise.all([isOurs, work.done]).then(async ([ours]) => {
          if (ours) await parsed.afterwards?.();
        });
        // Its failure is that of the record, told at the end.
        sent.catch(() => {});
        return { record, ...parsed, sent };
      }),
    );
    Object.assign(request.internal, { received, proofs, runtime, work } satisfies Internal<Item>);
    const proven = proofs.then((all) =>
      received.flatMap(({ items }, index) => (isProven(all[index]) ? items : [])),
    );
    proven.catch(() => {});
    request.event = Object.assign(request.event, {
      unproven: received.flatMap(({ items }) => items),
      proven,
      runtime,
    });
  },
  async after(request) {
    const { received: all, runtime, work, ...internal } = request.internal as Internal<Item>;
    work.end();
    const proofs = await internal.proofs;
    const withProof = (wanted: Proof) => all.filter((_, index) => proofs[index] === wanted);
    const received = withProof('ours');
    const outcomes = (request.response ?? []) as readonly Outcome[];
    const failures = await failuresOf(received, outcomes);
    const undone = [...failures.keys(), ...withProof('forged'), ...withProof('unsure')];
    log(logger, received, outcomes, failures, withProof('forged'), undone.length);
    // Best effort: without it the record comes back after the queue's own visibility timeout.
    await Promise.allSettled(
      [...failures.keys()].map((one) =>
        runtime.queues.retry(
          one.record.eventSourceARN,
          one.record.receiptHandle,
          retryAfterSeconds(receiveCountOf(one)),
        ),
      ),
    );
    request.response = {
      batchItemFailures: undone.map(({ record }) => ({ itemIdentifier: record.messageId })),
    };
  },
});
