import type { Baseline } from '../../../lib/engine/baseline/baseline.ts';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import { createWorld, rowOf, type World } from '../../fakes/fake-resource.ts';
import { memoryRemediation } from '../../fakes/memory-remediation.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A house whose front door bob has opened ten minutes after it was first seen, and the ledger of what was done. */
const drifted = async (baseline: Partial<Baseline> = {}, fault?: string) => {
  const world = createWorld({ isRemediated: true, baseline });
  const { remediation, entries } = memoryRemediation(() => {
    throw new Error('no host in this world');
  });
  Object.assign(world.runtime, { remediation });
  world.doors.set('home', { front: 'shut', back: 'shut' });
  await world.deliver(world.event('alice', ['front', 'back'], 0));
  await world.settleAll();
  world.doors.set('home', { front: 'open', back: 'shut' });
  world.at(10 * minute);
  if (fault !== undefined) world.faults.set(fault, new Error(fault));
  await world.deliver(world.event('bob', ['front'], 10 * minute));
  await world.settleAll();
  return { world, entries };
};
/** What the sweep does once a row is due. */
const look = async (world: World, at: number) => {
  world.at(at);
  await world.deliver({ ...world.event('', [], 0), facets: 'all', cause: { kind: 'sweep' } });
};
const isDue = async (world: World, at: number) =>
  (
    await world.runtime.posture.due(
      new Date(world.now() - (world.now() % minute) + at).toISOString(),
      9,
    )
  ).length > 0;
const askOf = (world: World): Action => {
  const [ask] = world.asks;
  if (ask?.ask !== 'remediate') throw new Error('nothing was asked for');
  return {
    ...{ ...ask, arn: ask.ref.id, state: 'BLOCKED', driftedBy: [], calls: [] },
    startedAt: new Date(world.now()).toISOString(),
  };
};

describe('drift that is to be put right, and that nothing was done about', () => {
  it('is looked at after an hour, and told; then once an hour as long as it stays so', async () => {
    const { world } = await drifted();
    expect(world.asks).toHaveLength(1);
    expect(await isDue(world, 59 * minute)).toBe(false);
    expect(await isDue(world, 62 * minute)).toBe(true);
    await look(world, 30 * minute);
    expect(world.overdue).toEqual([]);
    const told = { of: expect.stringContaining('#home'), controls: ['T.1'] };
    await look(world, 72 * minute);
    expect(world.overdue).toEqual([told]);
    expect(await isDue(world, 59 * minute)).toBe(false);
    expect(await isDue(world, 61 * minute)).toBe(true);
    await look(world, 135 * minute);
    expect(world.overdue).toEqual([told, told]);
  });

  it('is told too where the queue of remediations takes nothing', async () => {
    const { world } = await drifted({}, 'queues.ask');
    expect(rowOf(world)?.controls['T.1']?.remediation?.state).toBe('wanted');
    await look(world, 72 * minute);
    expect(world.overdue).toMatchObject([{ controls: ['T.1'] }]);
  });

  it('is answered by any action that the ledger knows, one that a guard refused too', async () => {
    const { world, entries } = await drifted();
    const action = askOf(world);
    entries.set(action.id, { action, version: 1 });
    await look(world, 72 * minute);
    expect(world.overdue).toEqual([]);
    expect(await isDue(world, 2 * hour)).toBe(false);
  });

  it('is pending while no maintenance window is open', async () => {
    const { world } = await drifted({
      remediation: {
        ...createWorld().runtime.baseline.remediation,
        windows: [{ days: ['sun'], from: '03:00', to: '03:10', timeZone: 'UTC' }],
      } as Baseline['remediation'],
    });
    expect(rowOf(world)?.controls['T.1']?.remediation?.state).toBe('waiting');
    await look(world, 72 * minute);
    expect(world.overdue).toEqual([]);
  });

  it('is nothing that a control in another mode, an exemption or a PASS has', async () => {
    const observed = await drifted({
      controls: { 'T.1': { mode: 'observe', parameters: {}, backlog: false, risk: 'safe' } },
    } as Partial<Baseline>);
    await look(observed.world, 72 * minute);
    const { world } = await drifted();
    world.doors.set('home', { front: 'shut', back: 'shut' });
    await look(world, 72 * minute);
    expect([...observed.world.overdue, ...world.overdue]).toEqual([]);
    const exempt = await drifted({}, 'queues.ask');
    const row = rowOf(exempt.world);
    if (!row) throw new Error('there is no row');
    const expires = '2099-01-01T00:00:00.000Z';
    Object.assign(row, { exemptions: { 'T.1': { owner: 'dave', reason: 'a party', expires } } });
    await look(exempt.world, 72 * minute);
    expect(exempt.world.overdue).toEqual([]);
  });
});
