import { createWorld, findingIn, rowOf, type World } from '../../fakes/fake-resource.ts';

const minute = 60_000;
const away = Object.assign(new Error('come again'), { name: 'InternalException' });
const off = Object.assign(new Error('Account 123456789012 is not subscribed to AWS Security Hub'), {
  name: 'InvalidAccessException',
});

/** A house that was shut when it was first seen, and whose front door somebody opens while Security Hub is away. */
const drifted = async (failure: Error): Promise<World> => {
  const world = createWorld({ isRemediated: true });
  world.doors.set('home', { front: 'shut', back: 'shut' });
  await world.deliver(world.event('alice', ['front', 'back'], 0));
  await world.settleAll();
  world.faults.set('hub.import', failure);
  world.doors.set('home', { front: 'open', back: 'shut' });
  world.at(10 * minute);
  return world;
};
const again = (world: World) =>
  world.deliver({ ...world.event('', [], 0), facets: 'all', cause: { kind: 'sweep' } });

describe.each([
  ['is away', away],
  ['is off', off],
])('while Security Hub %s', (_, failure) => {
  it('drift is put right all the same, and asked for once', async () => {
    const world = await drifted(failure);
    const bob = world.event('bob', ['front'], 10 * minute);
    expect(await world.deliver(bob)).toEqual([{ failure }]);
    expect(world.asks).toMatchObject([{ controls: ['T.1'], askedBy: { kind: 'drift' } }]);
    await world.deliver(bob);
    expect(world.asks).toHaveLength(1);
    expect(rowOf(world)?.controls['T.1']?.remediation?.state).toBe('asked');
  });

  it('people are told over the topic, once an episode', async () => {
    const world = await drifted(failure);
    const bob = world.event('bob', ['front'], 10 * minute);
    await world.deliver(bob);
    await world.deliver(bob);
    await again(world);
    expect(world.notices).toEqual([expect.stringContaining(failure.message)]);
    expect(world.notices[0]).toContain('HIGH The front door should be shut arn:aws:house:::home');
    world.doors.set('home', { front: 'shut', back: 'shut' });
    world.at(20 * minute);
    await world.deliver(world.event('carol', ['front'], 20 * minute));
    world.doors.set('home', { front: 'open', back: 'shut' });
    world.at(30 * minute);
    await world.deliver(world.event('dave', ['front'], 30 * minute));
    expect(world.notices).toHaveLength(2);
  });

  it('people are told by a later delivery where the topic took nothing', async () => {
    const world = await drifted(failure);
    world.faults.set('notify', new Error('no topic'));
    await world.deliver(world.event('bob', ['front'], 10 * minute));
    world.faults.delete('notify');
    await again(world);
    expect(world.notices).toHaveLength(1);
  });

  it('what it did not take is imported once it is back', async () => {
    const world = await drifted(failure);
    await world.deliver(world.event('bob', ['front'], 10 * minute));
    world.faults.clear();
    expect(await again(world)).toEqual([{ done: 2 }]);
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
    expect(world.notices).toHaveLength(1);
  });
});

it('a finding is published though the queue of remediations takes no ask, which is made by the next delivery', async () => {
  const world = await drifted(away);
  world.faults.clear();
  const bob = world.event('bob', ['front'], 10 * minute);
  world.faults.set('queues.ask', new Error('no queue'));
  expect(await world.deliver(bob)).toEqual([{ failure: expect.any(Error) }]);
  expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
  world.faults.clear();
  await world.deliver(bob);
  expect(world.asks).toHaveLength(1);
});
