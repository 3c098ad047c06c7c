import middy from '@middy/core';
import type { Context, SQSRecord } from 'aws-lambda';
import type { Change } from '../../../lib/engine/changes/change.ts';
import { evaluateChanges } from '../../../lib/pipeline/evaluate/evaluate-changes.ts';
import { parseChanges } from '../../../lib/pipeline/evaluate/parse-changes.ts';
import {
  type BatchAnswer,
  type BatchEvent,
  queueBatch,
} from '../../../lib/pipeline/runtime/batch.ts';
import {
  account,
  createWorld,
  findingIn,
  region,
  rowOf,
  start,
  type World,
} from '../../fakes/fake-resource.ts';
import { awsSender, ownRole } from '../../fakes/heard.ts';

const ours = `${ownRole}:Plumbline-Evaluate`;
/** Everybody who is not one of our roles: AWS, a user, and sessions whose names or roles look like ours. */
const outsiders = [
  awsSender,
  'AIDAMALLORY0000000000',
  'AROAMALLORY000000000A:Plumbline-Evaluate',
  `AROAMALLORY000000000A:${ownRole}`,
  ownRole,
  `${ownRole}X:session`,
  `:${ownRole}`,
  '',
];

interface Sent {
  readonly body: unknown;
  readonly from?: string;
  readonly receipt?: string;
}
const recordOf = ({ body, from = ours, receipt = 'handle of it' }: Sent, index: number) =>
  ({
    messageId: `${index}`,
    receiptHandle: receipt,
    body: JSON.stringify(body),
    attributes: { ApproximateReceiveCount: '1', SenderId: from },
    eventSourceARN: `arn:aws:sqs:${region}:${account}:Changes`,
  }) as SQSRecord;

/** Gives records to the handler of lambdas/evaluate.ts; answers what it dropped, and what it gives back. */
const deliver = async (world: World, ...sent: readonly Sent[]) => {
  let dropped: unknown;
  const logger = {
    info: (_: unknown, ...said: readonly unknown[]) => {
      dropped = Reflect.get(Object(said[0]), 'dropped');
    },
    error: () => {},
  };
  const handler = middy<BatchEvent<Change>, BatchAnswer>()
    .use(queueBatch(logger, parseChanges, async () => world.runtime))
    .handler(({ unproven, proven, runtime }) => evaluateChanges(unproven, runtime, proven));
  const Records = sent.map(recordOf);
  const answer = await handler({ Records } as BatchEvent<Change>, {} as Context);
  return { dropped, answer };
};
const home = (front: 'open' | 'shut' = 'open') => {
  const world = createWorld();
  world.doors.set('home', { front, back: 'shut' });
  return world;
};
const ref = { account, region, id: 'home' };
const about = { version: 1, type: 'Plumbline::House', ref, facets: 'all' };
const later = (milliseconds: number) => new Date(start + milliseconds).toISOString();
const day = 86_400_000;

describe('a forged message', () => {
  const listed = { facets: { front: 'shut', back: 'shut' }, readAt: '2099-01-01T00:00:00.000Z' };

  it('of a sweep brings no PASS, whoever sends it: its facets are read again', async () => {
    const world = home('open');
    await deliver(world, { body: { ...about, cause: { kind: 'sweep', listed } } });
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
    expect(rowOf(world)?.readAt).toBe(later(0));
  });

  it.each(outsiders)('from %j is not one of our own', async (from) => {
    const world = home();
    const causes = [
      { kind: 'sweep', listed },
      { kind: 'settle', attempt: 0 },
      { kind: 'verify', action: `pl-${'0a'.repeat(10)}`, at: later(0) },
      { kind: 'review' },
      world.event('alice', ['front'], 0).cause,
    ];
    for (const cause of causes) {
      const { dropped } = await deliver(world, { body: { ...about, cause }, from });
      expect(dropped).toEqual({ outsider: 1 });
    }
    expect(world.reads).toEqual([]);
    expect(world.rows.size).toBe(0);
    expect(world.settles).toEqual([]);
  });

  it('frames nobody: an event with an actor counts only as AWS’s own envelope', async () => {
    const world = home();
    const body = world.event('alice', ['front'], 0);
    for (const from of outsiders) await deliver(world, { body, from });
    expect(JSON.stringify([...world.rows])).not.toContain('alice');
    await deliver(world, { body });
    expect(JSON.stringify([...world.rows])).toContain('alice');
  });

  it.each<[string, object, string]>([
    ['of another account', { ref: { ...ref, account: '210987654321' } }, 'foreign'],
    ['of another region', { ref: { ...ref, region: 'eu-west-1' } }, 'ungoverned'],
    ['of a type that nobody knows', { type: 'AWS::No::Such' }, 'unknown'],
    ['about nothing', { ref: { ...ref, id: '' } }, 'malformed'],
    ['of no facets', { facets: [] }, 'malformed'],
    ['of facets that are none', { facets: ['front', 7] }, 'malformed'],
    ['without a cause', { cause: {} }, 'malformed'],
    ['of a settle without number', { cause: { kind: 'settle', attempt: 'x' } }, 'malformed'],
    ['of a settle that never ends', { cause: { kind: 'settle', attempt: -1 } }, 'malformed'],
  ])('%s is refused and counted, even of our own', async (_, over, reason) => {
    const world = home();
    const body = { ...about, cause: { kind: 'review' }, ...over };
    expect((await deliver(world, { body })).dropped).toEqual({ [reason]: 1 });
    expect(world.rows.size).toBe(0);
  });

  it.each([
    ['2099-01-01T00:00:00.000Z', 'future'],
    [later(5 * 60_000 + 1000), 'future'],
    [later(-14 * day - 1000), 'stale'],
    ['1970-01-01T00:00:00.000Z', 'stale'],
    ['yesterday', 'malformed'],
    ['+275760-09-13T00:00:00.000Z', 'future'],
  ])('of the time %s is %s', async (time, reason) => {
    const world = home();
    const { cause } = world.event('alice', ['front'], 0);
    const action = `pl-${'0a'.repeat(10)}`;
    for (const body of [
      { ...about, cause: { ...cause, time } },
      { ...about, cause: { kind: 'verify', action, at: time } },
    ])
      expect((await deliver(world, { body })).dropped).toEqual({ [reason]: 1 });
    expect(world.rows.size).toBe(0);
  });

  it.each([later(5 * 60_000 - 1000), later(-14 * day + 1000)])(
    'that is in time, %s, counts',
    async (time) => {
      const world = home();
      const { cause } = world.event('alice', ['front'], 0);
      expect(
        (await deliver(world, { body: { ...about, cause: { ...cause, time } } })).dropped,
      ).toEqual({});
      expect(rowOf(world)?.lastEventAt).toBe(time);
    },
  );
});

describe('a record that is no message of our queue', () => {
  const body = { ...about, cause: { kind: 'review' } };

  it('is refused, counted, answered as failed, and writes and sends nothing', async () => {
    const world = home();
    const { dropped, answer } = await deliver(world, { body, receipt: 'any' });
    expect(dropped).toEqual({ forged: 1 });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(world.rows.size).toBe(0);
    expect(world.settles).toEqual([]);
    expect(world.store.findings).toEqual([]);
  });

  it('does not spoil the others of its batch', async () => {
    const world = home();
    world.doors.set('hut', { front: 'open', back: 'open' });
    const hut = { ...body, ref: { ...ref, id: 'hut' } };
    const { answer } = await deliver(world, { body: hut, receipt: 'any' }, { body });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect([...world.rows.keys()]).toEqual([expect.stringContaining('#home')]);
  });

  it('waits, where it cannot be proven, for the next try', async () => {
    const world = home();
    world.faults.set('queues.prove', new Error('throttled'));
    await expect(deliver(world, { body })).rejects.toThrow('throttled');
    expect(world.rows.size).toBe(0);
    expect(world.settles).toEqual([]);
  });
});

describe('an event', () => {
  const envelope = {
    version: '0',
    id: 'e-1',
    'detail-type': 'Config Configuration Item Change',
    source: 'aws.config',
    account,
    region,
    time: later(0),
    detail: {
      configurationItem: {
        resourceType: 'Plumbline::House',
        resourceName: 'home',
        configurationItemStatus: 'OK',
        configurationItemCaptureTime: later(0),
      },
    },
  };
  const item = (over: object) => ({
    ...envelope,
    detail: { configurationItem: { ...envelope.detail.configurationItem, ...over } },
  });

  it('of AWS counts', async () => {
    const world = home();
    expect((await deliver(world, { body: envelope, from: awsSender })).dropped).toEqual({});
    expect(world.rows.size).toBe(1);
  });

  it.each<[string, object, string]>([
    ['of a partner', { ...envelope, source: 'aws.partner/mallory.com/1' }, 'foreign'],
    ['of somebody', { ...envelope, source: 'config' }, 'foreign'],
    ['of somebody who is nearly AWS', { ...envelope, source: 'AWS.config' }, 'foreign'],
    ['that is replayed', { ...envelope, 'replay-name': 'mine' }, 'replayed'],
    ['of another account', { ...envelope, account: '210987654321' }, 'foreign'],
    ['of another region', { ...envelope, region: 'eu-west-1' }, 'ungoverned'],
    ['that is still to come', { ...envelope, time: '2099-01-01T00:00:00Z' }, 'future'],
    [
      'whose item is still to come',
      item({ configurationItemCaptureTime: '2099-01-01T00:00:00Z' }),
      'future',
    ],
    [
      'whose item is long past',
      item({ configurationItemCaptureTime: '2020-01-01T00:00:00Z' }),
      'stale',
    ],
  ])('%s is refused and counted', async (_, body, reason) => {
    const world = home();
    expect((await deliver(world, { body, from: awsSender })).dropped).toEqual({ [reason]: 1 });
    expect(world.rows.size).toBe(0);
  });

  it('is never sent by one of our roles', async () => {
    const world = home();
    expect((await deliver(world, { body: envelope, from: ours })).dropped).toEqual({ outsider: 1 });
  });
});
