import { unreadableRow } from '../../../lib/engine/posture/unreadable-row.ts';
import { exempt } from '../../../lib/pipeline/remediate/exempt.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import { createWorld, findingIn, rowOf, type World } from '../../fakes/fake-resource.ts';

const keyed = (id: string) => `123456789012#us-east-1#Plumbline::House#${id}`;
const day = 86_400_000;

/** A world of two houses that failed, in which what is kept of the first is no row any more. */
const given = async (options: Parameters<typeof createWorld>[0] = {}): Promise<World> => {
  const world = createWorld(options);
  for (const id of ['home', 'hut']) world.doors.set(id, { front: 'open', back: 'open' });
  await world.deliver(world.event('alice', ['front', 'back'], 0));
  await world.deliver(sweepOf('hut'));
  await world.settleAll();
  world.rows.set(keyed('home'), { ...unreadableRow(keyed('home')), version: 4 });
  world.at(3_600_000);
  return world;
};
const sweepOf = (id: string) =>
  ({
    version: 1,
    type: 'Plumbline::House',
    ref: { account: '123456789012', region: 'us-east-1', id },
    facets: 'all',
    cause: { kind: 'sweep' },
  }) as const;

it('is evaluated in whole by whatever comes, and what passes now is told', async () => {
  const world = await given({ baseline: { publish: 'failures' } });
  const unreadable: string[] = [];
  Object.assign(world.runtime, { noteUnreadable: (key: string) => unreadable.push(key) });
  world.doors.set('home', { front: 'shut', back: 'shut' });
  const outcomes = await world.deliver(world.event('bob', ['front'], 3_600_000), sweepOf('hut'));
  expect(outcomes).toEqual([{ done: 2 }, expect.objectContaining({ done: expect.any(Number) })]);
  expect(new Set(unreadable)).toEqual(new Set([keyed('home')]));
  for (const id of ['T.1', 'T.2'])
    expect(findingIn(world, id)).toMatchObject({
      Compliance: { Status: 'PASSED' },
      Workflow: { Status: 'RESOLVED' },
    });
  const row = rowOf(world);
  expect(row).toMatchObject({ version: 6, controls: { 'T.1': { lastKnown: 'PASS' } } });
  expect(row).not.toHaveProperty('isUnreadable');
});

it('that fails is backlog: nobody knows that it was drift', async () => {
  const world = await given();
  await world.deliver(sweepOf('home'));
  expect(rowOf(world)?.controls['T.1']).toMatchObject({ lastKnown: 'FAIL', began: 'found' });
  expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
  // Its next drift is none that the ledger has an action of.
  expect(rowOf(world)?.controls['T.1']?.episodes).toBeGreaterThan(1_000_000);
});

it('of what is gone has its findings archived', async () => {
  const world = await given();
  world.doors.delete('home');
  await world.deliver(sweepOf('home'));
  await world.settleAll();
  expect(rowOf(world)?.goneAt).toBeDefined();
  expect(rowOf(world)).not.toHaveProperty('isUnreadable');
  expect(findingIn(world, 'T.1')?.RecordState).toBe('ARCHIVED');
});

it('is read by a sweep of what hangs on a way, and by one of all', async () => {
  const world = await given();
  const step = {
    version: 1,
    sweep: 'Plumbline::House',
    account: '123456789012',
    region: 'us-east-1',
    facets: ['reachable'],
    reachable: { sent: 0 },
    cause: { kind: 'sweep' },
  } as const;
  const [outcome] = await sweep([step], world.runtime);
  expect(outcome).not.toHaveProperty('failure');
});

it('takes no exemption: only an evaluation replaces it', async () => {
  const world = await given();
  const granted = {
    owner: 'carol',
    reason: 'museum',
    expires: new Date(day * 30_000).toISOString(),
  };
  expect(await exempt(keyed('home'), 'T.1', granted, world.runtime)).toBe(false);
  expect(rowOf(world)).toMatchObject({ version: 4, isUnreadable: true });
});
