import type { Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { messageOf } from '../../aws/errors.ts';
import type { DropReason } from '../../engine/changes/triggered.ts';
import type { Delivery } from '../../engine/remediation/delivery.ts';
import { decode } from '../../support/wire.ts';
import { runtimeFor } from './create-runtime.ts';
import type { Runtime } from './runtime.ts';

type Logger = Pick<PowertoolsLogger, 'info' | 'error'>;

/** What became of one item of a record. */
export type Outcome =
  | { readonly done: number }
  | { readonly dropped: DropReason }
  | { readonly failure: Error };

/** A batch of a queue as the handler sees it: what its records ask for, and the runtime to do it with. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly runtime: Runtime;
}
export type BatchEvent<Item> = SQSEvent & Batch<Item>;
export type BatchAnswer = SQSBatchResponse | readonly Outcome[];

/** What one record asks for, and the ids by which a reader of the logs finds its cause; never its content. */
export interface Taken<Item> {
  readonly items: readonly Item[];
  readonly dropped?: DropReason;
  readonly ids: Readonly<Record<string, unknown>>;
}
interface Received<Item> extends Taken<Item> {
  readonly record: SQSRecord;
}
interface Internal<Item> extends Record<string, unknown> {
  received: readonly Received<Item>[];
  runtime: Runtime;
}

/** Seconds until a failed record is tried again: 2, 4, … 60 by how often it was received. */
export const retryAfterSeconds = (receiveCount: number): number =>
  Math.min(60, 2 ** Math.max(1, receiveCount));

const receiveCountOf = ({ record }: { readonly record: SQSRecord }): number =>
  Number(record.attributes.ApproximateReceiveCount);
const deliveryOf = (record: SQSRecord): Delivery => ({
  message: record.messageId,
  receive: receiveCountOf({ record }),
});

/** The first failure among the items of each record. */
const failuresOf = <Item>(
  received: readonly Received<Item>[],
  outcomes: readonly Outcome[],
): ReadonlyMap<Received<Item>, Error> => {
  const failures = new Map<Received<Item>, Error>();
  let next = 0;
  for (const one of received) {
    const own = outcomes.slice(next, next + one.items.length);
    next += own.length;
    const failed = own.find((outcome) => 'failure' in outcome);
    if (failed && 'failure' in failed) failures.set(one, failed.failure);
  }
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
  const dropped = [...received, ...outcomes].flatMap((one) =>
    'dropped' in one && one.dropped !== undefined ? [one.dropped] : [],
  );
  logger.info('batch done', {
    records: received.length,
    published: outcomes.reduce((sum, one) => sum + ('done' in one ? one.done : 0), 0),
    failed: failures.size,
    dropped: counted(dropped),
    causes: received.map(idsOf),
  });
};

/**
 * Turns the records of a queue into items, and what became of them into a partial batch answer. What cannot be
 * understood is dropped and counted by reason; what failed is tried again after 2, 4, … 60 seconds.
 */
export const queueBatch = <Item>(
  logger: Logger,
  take: (body: unknown, runtime: Runtime, delivery: Delivery) => Promise<Taken<Item>>,
  engineOf: (invokedFunctionArn: string) => Promise<Runtime> = runtimeFor,
): MiddlewareObj<BatchEvent<Item>, BatchAnswer> => ({
  async before(request) {
    const runtime = await engineOf(request.context.invokedFunctionArn);
    const received = await Promise.all(
      request.event.Records.map(async (record) => ({
        record,
        ...(await take(decode(record.body), runtime, deliveryOf(record))),
      })),
    );
    Object.assign(request.internal, { received, runtime } satisfies Internal<Item>);
    request.event = Object.assign(request.event, {
      items: received.flatMap(({ items }) => items),
      runtime,
    });
  },
  async after(request) {
    const { received, runtime } = request.internal as Internal<Item>;
    const outcomes = (request.response ?? []) as readonly Outcome[];
    const failures = failuresOf(received, outcomes);
    log(logger, received, outcomes, failures);
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
      batchItemFailures: [...failures.keys()].map(({ record }) => ({
        itemIdentifier: record.messageId,
      })),
    };
  },
});
