import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GuardedQueue, type GuardedQueueProps } from './queue.ts';

/** A queue, standard unless asked otherwise, that keeps what nobody could take. */
export const deadLetterQueue = (
  scope: Construct,
  id: string,
  options: GuardedQueueProps = {},
): GuardedQueue => new GuardedQueue(scope, id, { ...options, retentionPeriod: Duration.days(14) });

export interface InboxProps {
  /** Messages of one group come in order, one after the other; a repeated one is dropped. @default false */
  readonly isOrdered?: boolean;
  /** Of the function that reads it. @default 30 */
  readonly timeoutSeconds?: number;
}

/** A queue that a function reads, with the queue of what it could not do in ten tries. */
export class Inbox extends Construct {
  readonly queue: GuardedQueue;
  readonly deadLetters: GuardedQueue;

  constructor(
    scope: Construct,
    id: string,
    { isOrdered = false, timeoutSeconds = 30 }: InboxProps = {},
  ) {
    super(scope, id);
    // What a FIFO queue gives up goes to a FIFO queue.
    const order = isOrdered ? { fifo: true, contentBasedDeduplication: true } : {};
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', order);
    this.queue = new GuardedQueue(this, 'Queue', {
      ...order,
      // Six times the function's timeout, as Lambda asks of a source of batches.
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 10 },
    });
  }
}

/** The stack's queues: what changed, what a sweep found, and the pages that a sweep has still to list. */
export interface Inboxes {
  readonly changes: Inbox;
  readonly sweeps: Inbox;
  readonly pages: Inbox;
}
