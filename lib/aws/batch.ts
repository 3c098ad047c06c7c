import type { Logger } from '@aws-lambda-powertools/logger';
import type { MiddlewareObj } from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Arrival } from '../engine/announced.ts';
import { arrivalOf } from '../engine/arrival.ts';
import type { Change, TypeChange } from '../engine/change.ts';
import { engineFor } from './create-engine.ts';
import type { Engine } from './engine.ts';
import { messageOf } from './errors.ts';
import type { Outcome } from './evaluate-changes.ts';

/** A batch of a queue as the handler sees it: changes, and the engine to judge them with. */
export interface Batch {
  readonly changes: readonly Change[];
  readonly engine: Engine;
}

interface Received {
  readonly record: SQSRecord;
  readonly arrival: Arrival;
}
interface Internal extends Record<string, unknown> {
  received: readonly Received[];
  engine: Engine;
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const changesIn = (arrival: Arrival): readonly Change[] =>
  'changes' in arrival ? arrival.changes : [];
const sweepsIn = (arrival: Arrival): readonly TypeChange[] =>
  'sweeps' in arrival ? arrival.sweeps : [];

/** Seconds until a failed record is tried again: 2, 4, … 60 by how often it was received. */
export const retryAfterSeconds = (receiveCount: number): number =>
  Math.min(60, 2 ** Math.max(1, receiveCount));

const retryLater = ({ record }: Received, { queues }: Engine): Promise<void> =>
  queues.retry(
    record.eventSourceARN,
    record.receiptHandle,
    retryAfterSeconds(Number(record.attributes.ApproximateReceiveCount)),
  );

/** What went wrong with each record: the first failure among its changes. */
const failuresOf = (
  received: readonly Received[],
  outcomes: readonly Outcome[],
): ReadonlyMap<Received, Error> => {
  const failures = new Map<Received, Error>();
  let next = 0;
  for (const one of received) {
    const own = outcomes.slice(next, next + changesIn(one.arrival).length);
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

/** The ids by which a reader of the logs finds what caused a change; never its content. */
const idsOf = ({ record, arrival }: Received): Record<string, unknown> => ({
  messageId: record.messageId,
  receiveCount: Number(record.attributes.ApproximateReceiveCount),
  changes: changesIn(arrival).map(({ type, ref, cause }) => ({
    type,
    id: ref.id,
    cause: cause.kind,
    ...(cause.kind === 'event' ? { eventId: cause.id, call: cause.call } : {}),
  })),
});

/**
 * Turns the records of a queue into changes, and what became of them into a partial batch answer. What cannot be
 * understood is dropped and counted by reason; what failed is tried again after 2, 4, … 60 seconds.
 */
export const queueBatch = (
  logger: Logger,
): MiddlewareObj<SQSEvent & Batch, SQSBatchResponse | readonly Outcome[]> => ({
  async before(request) {
    const engine = await engineFor(request.context.invokedFunctionArn);
    const received = request.event.Records.map((record) => ({
      record,
      arrival: arrivalOf(parsed(record.body), engine.types, engine.place),
    }));
    Object.assign(request.internal, { received, engine } satisfies Internal);
    const changes = received.flatMap(({ arrival }) => changesIn(arrival));
    request.event = Object.assign(request.event, { changes, engine });
    const sweeps = received.flatMap(({ arrival }) => sweepsIn(arrival));
    if (sweeps.length > 0) await engine.queues.sweepTypes(sweeps);
  },
  async after(request) {
    const { received, engine } = request.internal as Internal;
    const outcomes = (request.response ?? []) as readonly Outcome[];
    const failures = failuresOf(received, outcomes);
    const dropped = [
      ...received.flatMap(({ arrival }) => ('dropped' in arrival ? [arrival.dropped] : [])),
      ...outcomes.flatMap((outcome) => ('dropped' in outcome ? [outcome.dropped] : [])),
    ];
    for (const [one, failure] of failures) {
      logger.error('a change failed and will be tried again', {
        ...idsOf(one),
        failure: `${failure.name}: ${messageOf(failure)}`,
      });
    }
    logger.info('batch evaluated', {
      records: received.length,
      changes: outcomes.length,
      published: outcomes.reduce((sum, one) => sum + ('done' in one ? one.done : 0), 0),
      failed: failures.size,
      dropped: counted(dropped),
      causes: received.map(idsOf),
    });
    // Best effort: without it the record comes back after the queue's own visibility timeout.
    await Promise.allSettled([...failures.keys()].map((one) => retryLater(one, engine)));
    request.response = {
      batchItemFailures: [...failures.keys()].map(({ record }) => ({
        itemIdentifier: record.messageId,
      })),
    };
  },
});
