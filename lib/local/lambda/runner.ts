import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, SQS } from '@aws-sdk/client-sqs';
import { plural } from '../../support/plural.ts';
import { invocationsIn, mostInvocations } from './recursion.ts';
import { type Credentials, type PoolOptions, ProcessPool } from './runner-pool.ts';
import type { LocalFunction } from './runner-process.ts';

/** An event-source mapping as it was deployed. */
export interface Mapping {
  readonly functionName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly reportBatchItemFailures: boolean;
}

export interface RunnerOptions extends PoolOptions {
  /** A client of moto itself: the poller is AWS's, not the account's. */
  readonly sqs: SQS;
  readonly functions: readonly LocalFunction[];
  readonly mappings: readonly Mapping[];
  /** Told, in a sentence, of each invocation that failed. */
  readonly onError: (sentence: string) => void;
}
export interface Runner {
  /** Invokes a function by its ARN or name, as Config and schedules do. */
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  /** Credentials of a function's role, as Lambda gets them. */
  assume(functionName: string, sessionName: string): Promise<Credentials>;
  stop(): Promise<void>;
}

/** Takes batches from the deployed queues and gives them to the bundled handlers, as Lambda does. */
export const startRunner = (options: RunnerOptions): Runner => {
  const pool = new ProcessPool(options);
  const functionNamed = (name: string) => {
    const found = options.functions.find((each) => each.name === name || each.arn === name);
    if (!found) throw new Error(`${name} is not a function of the stack`);
    return found;
  };
  const invoke = async (target: LocalFunction, event: unknown, trace?: string) => {
    try {
      return await pool.invoke(target, event, trace);
    } catch (error) {
      const { name, message } = error as Error;
      complain(target, `${name}: ${message}`);
      throw error;
    }
  };
  const stopping = new AbortController();
  const complain = ({ title }: LocalFunction, sentence: string) => {
    if (!stopping.signal.aborted) options.onError(`${title}: ${sentence}`);
  };
  const loops = options.mappings.map((mapping) => {
    const target = functionNamed(mapping.functionName);
    return poll(options.sqs, mapping, stopping.signal, {
      target,
      invoke: (event, trace) => invoke(target, event, trace),
      complain: (sentence) => complain(target, sentence),
    });
  });
  for (const target of new Set(
    options.mappings.map((mapping) => functionNamed(mapping.functionName)),
  ))
    pool.warm(target).catch((error: Error) => complain(target, error.message));
  return {
    invoke: (functionArn, event) => invoke(functionNamed(functionArn), event),
    assume: (functionName, sessionName) => pool.assume(functionNamed(functionName), sessionName),
    stop: async () => {
      stopping.abort();
      await pool.stop();
      await Promise.allSettled(loops);
    },
  };
};

const waitSeconds = 20;
/** Until a queue that did not answer is asked again. */
const retryMs = 2_000;
interface Taker {
  readonly target: LocalFunction;
  readonly invoke: (event: unknown, trace: string | undefined) => Promise<unknown>;
  readonly complain: (sentence: string) => void;
}

const nameOf = ({ queueArn }: Mapping) => queueArn.split(':').at(-1) ?? queueArn;
const isGone = (error: unknown) =>
  error instanceof Error && /QueueDoesNotExist|NonExistentQueue/.test(error.name);

const poll = async (sqs: SQS, mapping: Mapping, stop: AbortSignal, taker: Taker) => {
  const running = new Set<Promise<void>>();
  const complainOnce = createComplaints(mapping, taker);
  while (!stop.aborted) {
    if (running.size >= mapping.maxConcurrency) await Promise.race(running);
    const messages = await receive(sqs, mapping, stop).catch(async (error: unknown) => {
      complainOnce(error);
      await sleep(retryMs, undefined, { signal: stop }).catch(() => undefined);
      return [];
    });
    if (messages.length === 0) continue;
    const batch = work(sqs, mapping, withinChain(messages, taker), taker)
      .catch(complainOnce)
      .finally(() => running.delete(batch));
    running.add(batch);
  }
  await Promise.allSettled(running);
};

/** Tells of a queue that is gone, or does not answer, once: Lambda goes on polling, and so does this. */
const createComplaints = (mapping: Mapping, taker: Taker) => {
  let last = '';
  return (error: unknown): void => {
    const sentence = isGone(error)
      ? `its queue ${nameOf(mapping)} is gone, nothing comes from it any more`
      : `its queue ${nameOf(mapping)} did not answer: ${error instanceof Error ? error.message : error}`;
    if (sentence !== last) taker.complain(sentence);
    last = sentence;
  };
};

const receive = async (sqs: SQS, mapping: Mapping, stop: AbortSignal): Promise<Message[]> => {
  try {
    const { Messages = [] } = await sqs.receiveMessage(
      {
        QueueUrl: mapping.queueUrl,
        MaxNumberOfMessages: Math.min(10, mapping.batchSize),
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      { abortSignal: stop },
    );
    return Messages;
  } catch (error) {
    if (!stop.aborted) throw error;
    return [];
  }
};

const traceOf = ({ Attributes }: Message) => Attributes?.AWSTraceHeader;
/** How long the chain is that brought a message, in invocations of this function. */
const hops = (message: Message, { target }: Taker) => invocationsIn(traceOf(message), target.arn);

/** The messages that Lambda takes: one of a chain that is too long stays in its queue until that gives it up. */
const withinChain = (messages: readonly Message[], taker: Taker): readonly Message[] => {
  if (taker.target.isRecursive) return messages;
  const taken = messages.filter((message) => hops(message, taker) < mostInvocations);
  const stopped = messages.length - taken.length;
  if (stopped > 0)
    taker.complain(
      `of a chain of ${mostInvocations} invocations ${plural(stopped, 'message is', 'messages are')} not taken (RecursiveInvocationException)`,
    );
  return taken;
};

const work = async (sqs: SQS, mapping: Mapping, messages: readonly Message[], taker: Taker) => {
  if (messages.length === 0) return;
  // Of a batch the longest chain is the one that goes on.
  const [longest] = messages.toSorted((one, other) => hops(other, taker) - hops(one, taker));
  const event = { Records: messages.map((each) => recordOf(each, mapping)) };
  const result = await taker.invoke(event, longest && traceOf(longest)).then(
    (answer) => ({ answer }),
    () => undefined,
  );
  if (!result) return;
  const failed = mapping.reportBatchItemFailures ? failuresIn(result.answer, messages) : new Set();
  const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
  if (done.length === 0) return;
  await sqs.deleteMessageBatch({
    QueueUrl: mapping.queueUrl,
    Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
  });
};

// An answer that names nothing means that all went well; one that is malformed, or names a message that is not in
// the batch, that all failed: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
const failuresIn = (answer: unknown, messages: readonly Message[]): ReadonlySet<unknown> => {
  const all = new Set<unknown>(messages.map(({ MessageId }) => MessageId));
  const { batchItemFailures } = (answer ?? {}) as { batchItemFailures?: unknown };
  if (batchItemFailures === undefined || batchItemFailures === null) return new Set();
  if (!Array.isArray(batchItemFailures)) return all;
  const named = batchItemFailures.map((each: { itemIdentifier?: unknown }) => each?.itemIdentifier);
  return named.every((id) => all.has(id)) ? new Set(named) : all;
};

const recordOf = (message: Message, { queueArn }: Mapping) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes ?? {},
  messageAttributes: message.MessageAttributes ?? {},
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: queueArn.split(':')[3],
});
