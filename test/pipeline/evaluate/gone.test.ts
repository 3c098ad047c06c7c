import type { Change } from '../../../lib/engine/changes/change.ts';
import { evaluateChanges } from '../../../lib/pipeline/evaluate/evaluate-changes.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { createWorld, findingIn, rowOf, type World } from '../../fakes/fake-resource.ts';

const minute = 60_000;

/** A house that AWS takes down slowly, as a database: its front door stands ajar meanwhile. */
const slowly = (world: World) => {
  const { house } = world;
  const unsettled = { facet: 'front', while: (value: unknown) => value === 'ajar' };
  const types = typesIn([{ ...house, live: { ...house.live, unsettled } }]);
  return (...changes: Change[]) => evaluateChanges(changes, { ...world.runtime, types });
};
const failing = async () => {
  const world = createWorld();
  world.doors.set('home', { front: 'open', back: 'open' });
  const deliver = slowly(world);
  await deliver(world.event('alice', ['front', 'back'], 0));
  world.settles.splice(0);
  return { world, deliver };
};

it('a resource that goes slowly has its findings archived with the first word after it went', async () => {
  const { world, deliver } = await failing();
  world.doors.set('home', { front: 'ajar' as 'open', back: 'open' });
  for (const [index, at] of [30, 32, 40].entries()) {
    world.at(at * minute);
    await deliver(world.event(`d${index}`, [], at * minute, { hint: 'deleted', facets: 'all' }));
  }
  expect(findingIn(world, 'T.2')).toMatchObject({ RecordState: 'ACTIVE' });
  expect(rowOf(world)?.settle).toBeDefined();
  world.doors.delete('home');
  world.at(45 * minute);
  await deliver(world.event('rds', ['front'], 45 * minute));
  for (const control of ['T.1', 'T.2'])
    expect(findingIn(world, control)).toMatchObject({ RecordState: 'ARCHIVED' });
  expect(rowOf(world)).toMatchObject({ goneAt: expect.any(String) });
});

it('it is looked for once more, and what is there after all is evaluated', async () => {
  const { world, deliver } = await failing();
  world.doors.delete('home');
  world.at(45 * minute);
  await deliver(world.event('rds', ['front'], 45 * minute));
  expect(findingIn(world, 'T.1')).toMatchObject({ RecordState: 'ARCHIVED' });
  world.doors.set('home', { front: 'open', back: 'shut' });
  expect(world.settles).toHaveLength(1);
  await world.settleAll();
  expect(findingIn(world, 'T.1')).toMatchObject({
    RecordState: 'ACTIVE',
    Compliance: { Status: 'FAILED' },
  });
});

it.each([
  ['in order', ['deleted', 'told']],
  ['the word before the call', ['told', 'deleted']],
  ['the call that made it last', ['deleted', 'told', 'made']],
] as const)('what comes apart leaves no finding, %s', async (_, order) => {
  const { world, deliver } = await failing();
  world.doors.delete('home');
  const changes = {
    made: world.event('made', [], -minute, { hint: 'created', facets: 'all' }),
    deleted: world.event('deleted', [], 30 * minute, { hint: 'deleted', facets: 'all' }),
    told: world.event('told', ['front'], 30 * minute + 2000),
  };
  for (const [index, name] of order.entries()) {
    world.at(30 * minute + 3000 + index * 100);
    await deliver(changes[name]);
    expect(findingIn(world, 'T.1')).toMatchObject({ RecordState: 'ARCHIVED' });
  }
});
