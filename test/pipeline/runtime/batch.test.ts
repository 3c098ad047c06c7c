import middy from '@middy/core';
import type { Context, SQSRecord } from 'aws-lambda';
import type { Change } from '../../../lib/engine/changes/change.ts';
import { evaluateChanges } from '../../../lib/pipeline/evaluate/evaluate-changes.ts';
import { parseChanges } from '../../../lib/pipeline/evaluate/parse-changes.ts';
import {
  type BatchAnswer,
  type BatchEvent,
  queueBatch,
  retryAfterSeconds,
} from '../../../lib/pipeline/runtime/batch.ts';
import { encode } from '../../../lib/support/wire.ts';
import { createWorld, findingIn, type World } from '../../fakes/fake-resource.ts';
import { ownRole } from '../../fakes/heard.ts';

const record = (messageId: string, body: unknown, receiveCount = 1): SQSRecord => ({
  messageId,
  receiptHandle: `handle of ${messageId}`,
  body: typeof body === 'string' ? body : encode(body),
  attributes: {
    ApproximateReceiveCount: `${receiveCount}`,
    SentTimestamp: '0',
    SenderId: `${ownRole}:session`,
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:Changes',
  awsRegion: 'us-east-1',
});

const context = {
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:x',
} as Context;
const silent = { info: () => {}, error: () => {} };
const handleWith = async (take: typeof parseChanges, world: World, ...records: SQSRecord[]) => {
  const lines: string[] = [];
  const logger = {
    info: (...said: unknown[]) => void lines.push(JSON.stringify(['info', ...said])),
    error: (...said: unknown[]) => void lines.push(JSON.stringify(['error', ...said])),
  };
  const handler = middy<BatchEvent<Change>, BatchAnswer>()
    .use(queueBatch(logger, take, async () => world.runtime))
    .handler(({ unproven, proven, runtime }) => evaluateChanges(unproven, runtime, proven));
  const event = { Records: records } as BatchEvent<Change>;
  return { answer: await handler(event, context), lines };
};
/** The handler of lambdas/evaluate.ts, on the runtime of a world. */
const handle = (world: World, ...records: SQSRecord[]) =>
  handleWith(parseChanges, world, ...records);
const home = (): World => {
  const world = createWorld();
  world.doors.set('home', { front: 'open', back: 'shut' });
  world.doors.set('hut', { front: 'open', back: 'open' });
  return world;
};
const ofHut = (change: Change): Change => ({ ...change, ref: { ...change.ref, id: 'hut' } });

describe('a batch of the queue', () => {
  it('is done whole where nothing fails', async () => {
    const world = home();
    const { answer } = await handle(world, record('1', world.event('alice', ['front'], 0)));
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(world.retries).toEqual([]);
    expect(findingIn(world, 'T.1')).toBeDefined();
  });

  it('gives back what failed and nothing else, to be tried again after 2, 4, … 60 seconds', async () => {
    const world = home();
    world.faults.set('read back', new Error('throttled'));
    const { answer, lines } = await handle(
      world,
      record('good', world.event('alice', ['front'], 0)),
      record('bad', ofHut(world.event('bob', ['back'], 0)), 3),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(world.retries).toEqual([{ receiptHandle: 'handle of bad', seconds: 8 }]);
    expect(lines.filter((line) => line.startsWith('["error"'))).toEqual([
      expect.stringContaining('throttled'),
    ]);
    expect(findingIn(world, 'T.1')).toBeDefined();
    expect([1, 2, 5, 6, 10].map(retryAfterSeconds)).toEqual([2, 4, 32, 60, 60]);
  });

  it('gives back a record of which something could not be handed on, though its changes are evaluated', async () => {
    const world = home();
    const told = world.event('alice', ['front'], 0);
    const take: typeof parseChanges = async (body, runtime, heard) => ({
      ...(await parseChanges(body, runtime, heard)),
      afterwards: async () => {
        if (heard.delivery.message === 'stuck') throw new Error('no queue');
      },
    });
    const { answer, lines } = await handleWith(
      take,
      world,
      record('good', told),
      record('stuck', ofHut(told)),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'stuck' }] });
    expect(['home', 'hut'].map((id) => findingIn(world, 'T.1', id)?.Compliance?.Status)).toEqual([
      'FAILED',
      'FAILED',
    ]);
    expect(lines.join()).toContain('no queue');
  });

  it('hands on the rest of a record after its findings are out, and nothing of a forged one', async () => {
    const world = home();
    const handedOn: unknown[] = [];
    const take: typeof parseChanges = async (body, runtime, heard) => ({
      ...(await parseChanges(body, runtime, heard)),
      afterwards: async () => {
        handedOn.push([heard.delivery.message, findingIn(world, 'T.1')?.Compliance?.Status]);
      },
    });
    const told = world.event('alice', ['front'], 0);
    const forged = { ...record('forged', told), receiptHandle: 'forged' };
    const { answer } = await handleWith(take, world, record('good', told), forged);
    expect(handedOn).toEqual([['good', 'FAILED']]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'forged' }] });
  });

  it('hands on the rest of a record while its own evaluation hangs', async () => {
    const world = home();
    let tellHandedOn = () => {};
    const handedOn = new Promise<void>((resolve) => {
      tellHandedOn = resolve;
    });
    const take: typeof parseChanges = async (body, runtime, heard) => ({
      ...(await parseChanges(body, runtime, heard)),
      afterwards: async () => tellHandedOn(),
    });
    const work = queueBatch<Change>(silent, take, async () => world.runtime);
    const handler = middy<BatchEvent<Change>, BatchAnswer>()
      .use(work)
      .handler(() => handedOn.then(() => []));
    const event = { Records: [record('1', world.event('alice', ['front'], 0))] };
    expect(await handler(event as BatchEvent<Change>, context)).toEqual({ batchItemFailures: [] });
  });

  it('counts what it gives back for CloudWatch, forged records too, and nothing where all is done', async () => {
    const world = home();
    const good = record('good', world.event('alice', ['front'], 0));
    const done = await handle(world, good);
    expect(done.lines.join()).not.toContain('FailedRecords');
    world.faults.set('read back', new Error('throttled'));
    const { lines } = await handle(world, record('bad', ofHut(world.event('bob', ['back'], 0))), {
      ...good,
      messageId: 'forged',
      receiptHandle: 'by hand',
    });
    const [, , line] = JSON.parse(lines.at(-1) ?? '[]');
    expect(line).toMatchObject({
      FailedRecords: 2,
      outcome: 'failed',
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Plumbline',
            Dimensions: [['outcome']],
            Metrics: [{ Name: 'FailedRecords' }],
          },
        ],
      },
    });
  });

  it('drops what cannot be understood, counts it by reason, and never tries it again', async () => {
    const { answer, lines } = await handle(
      home(),
      record('1', '{'),
      record('2', { source: 'my.app' }),
      record('3', { source: 'my.app' }),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(lines.join()).toContain('"dropped":{"malformed":1,"foreign":2}');
  });

  it('fails as it did though the wish for an early retry fails too', async () => {
    const world = home();
    world.faults.set('hub.import', new Error('throttled'));
    world.faults.set('queues.retry', new Error('gone'));
    const { answer } = await handle(world, record('1', world.event('alice', ['front'], 0)));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });

  it('logs ids and never what an event carries', async () => {
    const world = home();
    const change = world.event('alice', ['front'], 0);
    const { lines } = await handle(world, record('1', { ...change, password: 'hunter2' }));
    expect(lines.join()).toContain('alice');
    expect(lines.join()).not.toContain('hunter2');
  });
});

describe('a message that was given up and is sent again', () => {
  const told = (world: World, sender: string) =>
    record('again', {
      version: 1,
      redriven: 1,
      sender,
      body: encode(world.event('alice', ['front'], 0)),
    });

  it('by us counts as said by who said it first', async () => {
    const world = home();
    await handle(world, told(world, `${ownRole}:session`));
    expect(findingIn(world, 'T.1')).toBeDefined();
    const other = home();
    const { lines } = await handle(other, told(other, 'AROASTRANGER000000000:session'));
    expect(findingIn(other, 'T.1')).toBeUndefined();
    expect(lines.join()).toContain('"outsider":1');
  });

  it('by a stranger is not believed, whoever it names', async () => {
    const world = home();
    const forged = told(world, `${ownRole}:session`);
    forged.attributes.SenderId = 'AROASTRANGER000000000:session';
    await handle(world, forged);
    expect(findingIn(world, 'T.1')).toBeUndefined();
  });
});
