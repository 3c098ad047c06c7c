import type { SQS } from '@aws-sdk/client-sqs';
import { type Deployed, resourcesOf } from './stack-values.ts';

export interface AlarmOptions {
  readonly stack: Deployed;
  /** A client of moto itself. */
  readonly sqs: SQS;
  readonly everyMs?: number;
  /** Told, in a sentence, of each alarm that goes off. */
  readonly onAlarm: (sentence: string) => void;
}

/** The queues that no function reads: what could not be done ends there. */
const deadLetterQueues = (stack: Deployed) => {
  const read = new Set(
    resourcesOf('AWS::Lambda::EventSourceMapping', stack).map(({ properties }) =>
      String(properties['EventSourceArn']).split(':').at(-1),
    ),
  );
  return resourcesOf('AWS::SQS::Queue', stack).filter(
    ({ physicalId }) => !read.has(physicalId.split('/').at(-1)),
  );
};

/**
 * Stands in for the deployed alarm on dead letters, which moto leaves out; that a function fails is told by the
 * runner. Returns what ends it.
 */
export const startAlarms = ({ stack, sqs, onAlarm, everyMs = 5000 }: AlarmOptions) => {
  const queues = deadLetterQueues(stack);
  const counts = new Map<string, number>();
  const unseen = new Set<string>();
  const countIn = async (physicalId: string) => {
    const { Attributes = {} } = await sqs.getQueueAttributes({
      QueueUrl: physicalId,
      AttributeNames: ['ApproximateNumberOfMessages'],
    });
    return Number(Attributes['ApproximateNumberOfMessages'] ?? 0);
  };
  const look = async () => {
    for (const { id, physicalId } of queues) {
      const count = await countIn(physicalId).catch(({ message }: Error) => {
        // One that was deleted stays so: that is said once.
        if (!unseen.has(id)) onAlarm(`alarms: ${id} cannot be looked at: ${message}`);
        unseen.add(id);
        return 0;
      });
      if (count > (counts.get(id) ?? 0)) onAlarm(`alarm: ${count} given up in ${id}`);
      counts.set(id, count);
    }
  };
  let looking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    looking = look().catch((error: Error) => onAlarm(`alarms: ${error.message}`));
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
};
