import { Aws, Duration } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { denyAllBut } from '../permissions/deny-all-but.ts';
import { GuardedQueue, type GuardedQueueProps } from './queue.ts';

const dataCalls = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'PurgeQueue'].map(
  (action) => `sqs:${action}`,
);
/** No principal has it: what is denied to all but this is denied to all. */
const nobody = `arn:${Aws.PARTITION}:iam::000000000000:role/nobody`;

/** A queue, standard unless asked otherwise, that keeps what nobody could take. */
export const deadLetterQueue = (
  scope: Construct,
  id: string,
  options: GuardedQueueProps = {},
): GuardedQueue => {
  const queue = new GuardedQueue(scope, id, { ...options, retentionPeriod: Duration.days(14) });
  // SQS itself and EventBridge bring what is kept; people may read it and take it away.
  queue.addToResourcePolicy(
    denyAllBut({
      sid: 'Senders',
      principals: () => [nobody],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
    }),
  );
  return queue;
};

export interface InboxProps {
  /** Messages of one group come in order, one after the other; a repeated one is dropped. @default false */
  readonly isOrdered?: boolean;
  /** Of the function that reads it. @default 30 */
  readonly timeoutSeconds?: number;
  /** ARNs of the people who may send here. @default [] */
  readonly operators?: readonly string[];
}

/**
 * A queue that a function reads, with the queue of what it could not do in ten tries. Nobody else reads it, and nobody
 * sends there but the functions that are meant to, AWS's services that its policy allows, and operators.
 */
export class Inbox extends Construct {
  readonly queue: GuardedQueue;
  readonly deadLetters: GuardedQueue;
  readonly heldSeconds: number;
  private readonly senders: Role[] = [];
  private readonly readers: Role[] = [];

  constructor(
    scope: Construct,
    id: string,
    { isOrdered = false, timeoutSeconds = 30, operators = [] }: InboxProps = {},
  ) {
    super(scope, id);
    // Six times the function's timeout, as Lambda asks of a source of batches.
    this.heldSeconds = 6 * timeoutSeconds;
    // What a FIFO queue gives up goes to a FIFO queue.
    const order = isOrdered ? { fifo: true, contentBasedDeduplication: true } : {};
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', order);
    this.queue = new GuardedQueue(this, 'Queue', {
      ...order,
      visibilityTimeout: Duration.seconds(this.heldSeconds),
      retentionPeriod: Duration.days(4),
      // Whoever gave up to this queue would send here without SendMessage:
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
      redriveAllowPolicy: { redrivePermission: RedrivePermission.DENY_ALL },
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 10 },
    });
    this.close('Senders', ['sqs:SendMessage'], () => [...arnsOf(this.senders), ...operators]);
    this.close('Readers', dataCalls, () => arnsOf(this.readers));
  }

  sentBy(role: Role): void {
    if (!this.senders.includes(role)) this.senders.push(role);
  }
  readBy(role: Role): void {
    if (!this.readers.includes(role)) this.readers.push(role);
  }
  /** Unique ids of the roles whose messages count as Plumbline's own; known once every function is there. */
  senderIds(): readonly string[] {
    return this.senders.map(({ roleId }) => roleId);
  }

  private close(
    sid: string,
    actions: readonly string[],
    principals: () => readonly string[],
  ): void {
    const { queue } = this;
    const named = () => (principals().length > 0 ? principals() : [nobody]);
    const resources = [queue.queueArn];
    queue.addToResourcePolicy(denyAllBut({ sid, principals: named, actions, resources }));
  }
}

const arnsOf = (roles: readonly Role[]): readonly string[] => roles.map(({ roleArn }) => roleArn);

/** The stack's queues: what changed, what a sweep found, and the pages that a sweep has still to list. */
export interface Inboxes {
  readonly changes: Inbox;
  readonly sweeps: Inbox;
  readonly pages: Inbox;
}
