import type { IRuleTarget, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { GuardedQueue } from './queue.ts';

export interface ToQueueProps {
  /** Keeps what could not be delivered within a day. */
  readonly undelivered: GuardedQueue;
  /** @default - the event itself */
  readonly message?: RuleTargetInput;
  /** Of a FIFO queue: messages of one group come one after the other. @default - the queue is none */
  readonly messageGroupId?: string;
}

/**
 * Brings what a rule lets through to a queue. Unlike the CDK's `SqsQueue` it adds no statement for each rule, which
 * SQS counts: the queues admit all their rules by one.
 */
export const toQueue = (
  queue: GuardedQueue,
  { undelivered, message: input, messageGroupId }: ToQueueProps,
): IRuleTarget => ({
  bind: (rule) => {
    queue.admit(rule);
    undelivered.admit(rule);
    return {
      arn: queue.queueArn,
      targetResource: queue,
      deadLetterConfig: { arn: undelivered.queueArn },
      ...(input && { input }),
      ...(messageGroupId !== undefined && { sqsParameters: { messageGroupId } }),
    };
  },
});

export interface ToBusProps {
  /** That puts events there. */
  readonly role: IRole;
  readonly undelivered: GuardedQueue;
}

/**
 * Brings what a rule lets through to a bus in another region, as it is: EventBridge takes no input of one's own there.
 * Unlike the CDK's `EventBus` it gives the role nothing: that is another stack's.
 */
export const toBus = (arn: string, { role, undelivered }: ToBusProps): IRuleTarget => ({
  bind: (rule) => {
    undelivered.admit(rule);
    return { arn, role, deadLetterConfig: { arn: undelivered.queueArn } };
  },
});

/**
 * Invokes a function by a rule.
 * @param event what it is invoked with; else what the rule heard
 */
export const toFunction = (
  target: IFunction,
  undelivered: GuardedQueue,
  event?: RuleTargetInput,
): IRuleTarget => ({
  bind: (rule) => {
    undelivered.admit(rule);
    return {
      ...new LambdaFunction(target, event ? { event } : {}).bind(rule),
      deadLetterConfig: { arn: undelivered.queueArn },
    };
  },
});
