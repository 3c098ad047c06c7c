import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { RowForm } from '../../lib/engine/posture/row-form.ts';
import { bundledHere } from '../stub/bundled.ts';
import { environmentFor, functionArn, ownRecordOf, recordOf } from '../stub/events.ts';
import { startStub } from '../stub/stub.ts';

/** How fast a storm of changes drains, at the limits that AWS sets for an account. */
export interface StormFigures extends StormOptions {
  readonly seconds: number;
  readonly changesPerSecond: number;
  /** Settles of resources beside them, and the messages in which they came. */
  readonly settles: number;
  readonly settleMessages: number;
  /** Records that came back to the queue, and were taken again. */
  readonly retried: number;
  /** Calls that read groups, the throttled ones too. */
  readonly described: number;
  /** Calls that were throttled, by operation. */
  readonly throttled: Readonly<Record<string, number>>;
  /** Processor time that one change or settle takes. */
  readonly cpuMsEach: number;
  /** Of the largest process, until a third of the changes was taken, and until all were. */
  readonly earlyRssBytes: number;
  readonly lateRssBytes: number;
  /** What is still in use of it after a collection: the most until a third of the changes was taken, and at the end. */
  readonly earlyHeapBytes: number;
  readonly lateHeapBytes: number;
}
export interface StormOptions {
  readonly changes: number;
  readonly resources: number;
  /** In the newer form settles of one batch come as one message. */
  readonly form: RowForm;
}

const concurrency = 5;
export const batchSize = 10;
/** As the handler asks for of a record that failed once. */
const retryMs = 2000;
const latencyMs = { ec2: 60, dynamodb: 5, securityhub: 150, amazonsqs: 10 };
/**
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html (unfiltered describe calls refill at 20 a second)
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html and API_GetFindings.html
 */
export const limits = {
  DescribeSecurityGroups: { perSecond: 20, burst: 100 },
  BatchImportFindings: { perSecond: 10, burst: 30 },
  BatchUpdateFindings: { perSecond: 10, burst: 30 },
  GetFindings: { perSecond: 3, burst: 6 },
};
const worker = fileURLToPath(new URL('storm-worker.mjs', import.meta.url));

type Record_ = ReturnType<typeof recordOf>;
interface Told {
  readonly failed: readonly string[];
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly cpuMs: number;
}

const groupOf = (index: number): string => `sg-${index.toString(16).padStart(17, '0')}`;

/** As the queue brings it once more. */
const again = (one: Record_): Record_ => {
  const { attributes } = one;
  const ApproximateReceiveCount = `${Number(attributes.ApproximateReceiveCount) + 1}`;
  return { ...one, attributes: { ...attributes, ApproximateReceiveCount } };
};
/** How many resources a message of ours names. */
const namedIn = (body: string): number => {
  const { changes = [{}] }: { changes?: readonly object[] } = JSON.parse(body);
  return changes.length;
};

/** What waits to be taken: changes, then what failed or settles once its time has come. */
const createQueue = () => {
  const ready: Record_[] = [];
  let held = 0;
  const later = (one: Record_, ms: number): void => {
    held += 1;
    setTimeout(() => {
      held -= 1;
      ready.push(one);
    }, ms);
  };
  return { ready, later, isEmpty: () => ready.length + held === 0 };
};

const startWorkers = (file: string, env: NodeJS.ProcessEnv): Promise<readonly ChildProcess[]> =>
  Promise.all(
    Array.from({ length: concurrency }, async () => {
      const child = fork(worker, [file], { env, execArgv: ['--expose-gc'] });
      await once(child, 'message');
      return child;
    }),
  );

/** Each resource is broken by its first change and stays so; every tenth is put right by its last. */
export const benchStorm = async (options: StormOptions): Promise<StormFigures> => {
  const { changes, resources, form } = options;
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-storm-'));
  const stub = await startStub({ latencyMs, limits });
  const queue = createQueue();
  const last = changes - resources;
  let taken = 0;
  let [settles, settleMessages, retried] = [0, 0, 0];
  let [earlyRssBytes, lateRssBytes, drainedAt] = [0, 0, 0];
  let earlyHeapBytes = 0;
  const heaps = new Map<ChildProcess, number>();
  const cpuMs = new Map<ChildProcess, number>();
  stub.onSend = (body, delaySeconds) => {
    settles += namedIn(body);
    settleMessages += 1;
    queue.later(ownRecordOf(body), delaySeconds * 1000);
  };
  const next = (): Record_[] => {
    const fresh = Array.from({ length: Math.min(batchSize, changes - taken) }, (_, index) => {
      const number = taken + index;
      const id = groupOf(number % resources);
      if (number >= last && number % 10 === 0) stub.state.right.add(id);
      return recordOf('ec2', id);
    });
    taken += fresh.length;
    return fresh.length > 0 ? fresh : queue.ready.splice(0, batchSize);
  };
  const work = async (child: ChildProcess): Promise<void> => {
    for (;;) {
      // What came back is taken with the changes, as one queue brings it.
      const Records = queue.ready.length >= batchSize ? queue.ready.splice(0, batchSize) : next();
      if (Records.length === 0) {
        if (taken >= changes && queue.isEmpty()) return;
        await pause(50);
        continue;
      }
      child.send({ Records });
      const [told] = (await once(child, 'message')) as [Told];
      const { failed, rssBytes, heapBytes } = told;
      heaps.set(child, heapBytes);
      cpuMs.set(child, told.cpuMs);
      for (const one of Records.filter(({ messageId }) => failed.includes(messageId))) {
        retried += 1;
        queue.later(again(one), retryMs);
      }
      if (taken < changes) drainedAt = performance.now();
      if (taken <= changes / 3) {
        earlyRssBytes = Math.max(earlyRssBytes, rssBytes);
        earlyHeapBytes = Math.max(earlyHeapBytes, heapBytes);
      }
      lateRssBytes = Math.max(lateRssBytes, rssBytes);
    }
  };
  try {
    const made = await bundledHere(folder);
    const env = {
      ...environmentFor(stub.url, made),
      FUNCTION_ARN: functionArn,
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      ROW_FORM: form,
    };
    const children = await startWorkers(join(made, 'evaluate.mjs'), {
      ...process.env,
      ...env,
    });
    const begun = performance.now();
    await Promise.all(children.map(work));
    // What settles comes for as long again, at its own pace.
    const seconds = (drainedAt - begun) / 1000;
    for (const child of children) child.disconnect();
    const throttled: Record<string, number> = {};
    for (const { operation, isThrottled } of stub.calls)
      if (isThrottled) throttled[operation] = (throttled[operation] ?? 0) + 1;
    return {
      ...options,
      seconds,
      changesPerSecond: changes / seconds,
      settles,
      settleMessages,
      retried,
      described: stub.calls.filter(({ operation }) => operation === 'DescribeSecurityGroups')
        .length,
      throttled,
      cpuMsEach: [...cpuMs.values()].reduce((sum, one) => sum + one, 0) / (changes + settles),
      earlyRssBytes,
      lateRssBytes,
      earlyHeapBytes,
      lateHeapBytes: Math.max(...heaps.values()),
    };
  } finally {
    await stub.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
