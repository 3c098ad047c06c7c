import type { SQS } from '@aws-sdk/client-sqs';
import { sorting } from '../../../aws/errors.ts';
import { plural } from '../../../support/plural.ts';
import { asRecord, text } from '../../../support/untyped.ts';
import { decode } from '../../../support/wire.ts';
import type { Found, Looked } from './host-check.ts';

interface Queue {
  readonly waiting: number;
  /** Name of the queue of what was given up. */
  readonly deadLetters: string | undefined;
}

const notThere = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

/** Undefined where there is no such queue. */
const look = async (QueueUrl: string, sqs: SQS): Promise<Queue | undefined> => {
  const asked = await sorting({ gone: notThere }, () =>
    sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['All'] }),
  );
  if (asked.kind === 'gone') return undefined;
  if (asked.kind !== 'value') throw new Error(`${QueueUrl} could not be looked at: ${asked.kind}`);
  const { ApproximateNumberOfMessages = '0', RedrivePolicy = '{}' } = asked.value.Attributes ?? {};
  const arn = text(asRecord(decode(RedrivePolicy))['deadLetterTargetArn']);
  return { waiting: Number(ApproximateNumberOfMessages), deadLetters: arn?.split(':').at(-1) };
};

const givenUp = async (QueueName: string | undefined, sqs: SQS): Promise<number> => {
  if (QueueName === undefined) return 0;
  const { QueueUrl = '' } = await sqs.getQueueUrl({ QueueName });
  return (await look(QueueUrl, sqs))?.waiting ?? 0;
};

const check = async (name: string, url: string, sqs: SQS): Promise<Found> => {
  const queue = await look(url, sqs);
  if (!queue) {
    const fault = `the queue ${name} of the stack is not there: deploy the stack again`;
    return { faults: [fault], said: '', told: {} };
  }
  const lost = await givenUp(queue.deadLetters, sqs);
  const fault = `${plural(lost, 'message')} of the queue ${name} ${lost === 1 ? 'was' : 'were'} given up: see ${queue.deadLetters}`;
  return {
    faults: lost > 0 ? [fault] : [],
    said: `${plural(queue.waiting, 'message waits', 'messages wait')} in ${name}`,
    told: { [name]: queue.waiting },
  };
};

/** Whether the two queues of the hosts are there, and nothing on them was given up. */
export const checkQueues = async ({ clients, outputs }: Looked): Promise<Found> => {
  const sqs = await clients('sqs');
  const { AuditsQueue = '', HostResultsQueue = '' } = outputs;
  const found = await Promise.all([
    check('Audits', AuditsQueue, sqs),
    check('HostResults', HostResultsQueue, sqs),
  ]);
  return {
    faults: found.flatMap(({ faults }) => faults),
    said: found.map(({ said }) => said).join(', '),
    told: { waiting: Object.assign({}, ...found.map(({ told }) => told)) },
  };
};
