import type { Change } from '../../../lib/engine/changes/change.ts';
import { evaluateChanges } from '../../../lib/pipeline/evaluate/evaluate-changes.ts';
import type { Runtime } from '../../../lib/pipeline/runtime/runtime.ts';
import { createWorld, rowOf, start, type World } from '../../fakes/fake-resource.ts';

const home = (): World => {
  const world = createWorld();
  world.doors.set('home', { front: 'open', back: 'shut' });
  return world;
};
/** Another delivery reads and writes the row between the read and the write of this one. */
const overtaken = ({ runtime }: World, change: Change, other: () => Change): Promise<unknown> => {
  let isFirst = true;
  const posture: Runtime['posture'] = {
    ...runtime.posture,
    write: async (...row) => {
      if (isFirst) {
        isFirst = false;
        await evaluateChanges([other()], runtime);
      }
      return runtime.posture.write(...row);
    },
  };
  return evaluateChanges([change], { ...runtime, posture });
};
const takeSettle = ({ settles }: World): Change => {
  const next = settles.shift();
  if (!next) throw new Error('no settle is under way');
  return next.change;
};

describe('a chain of settles', () => {
  it('ends, and says so, where it would go on for longer than fifty looks', async () => {
    const world = home();
    await world.deliver(world.event('a', ['front'], 20 * 3_600_000));
    await world.settleAll();
    expect(world.ends).toEqual([
      {
        chain: 'settle',
        of: '123456789012#us-east-1#Plumbline::House#home',
        why: 'it has not settled after 50 looks: it is evaluated as it is',
      },
    ]);
    expect(rowOf(world)?.settle).toBeUndefined();
    expect(Math.floor((world.now() - start) / 900_000)).toBe(50);
  });

  it('is not kept where the row claims a time that cannot be', async () => {
    const world = home();
    await world.deliver(world.event('a', ['front'], 365 * 86_400_000));
    await world.settleAll();
    expect(rowOf(world)?.settle).toBeUndefined();
    expect(world.ends).toEqual([]);
  });

  it('begins anew with the next event', async () => {
    const world = home();
    await world.deliver(world.event('a', ['front'], 20 * 3_600_000));
    await world.settleAll();
    await world.deliver(world.event('b', ['front'], world.now() - start));
    expect(world.settles).toHaveLength(1);
  });

  it('is as long as events come, and none of it is given up', async () => {
    const world = home();
    await world.deliver(world.event('0', ['front'], 0));
    for (let second = 10; second < 3000; second += 10) {
      world.at(second * 1000);
      for (const due of world.settles.splice(0))
        if (due.at <= world.now()) await world.deliver(due.change);
        else world.settles.push(due);
      await world.deliver(world.event(`${second}`, ['front'], second * 1000));
    }
    expect(world.settles).toHaveLength(1);
    await world.settleAll();
    expect(world.ends).toEqual([]);
    expect(rowOf(world)?.readAt).toBe(new Date(start + 3_010_000).toISOString());
  });
});

describe('a settle that comes while the next event is evaluated', () => {
  it('does not leave the event without one', async () => {
    const world = home();
    await world.deliver(world.event('a', ['front'], 0));
    world.at(20_000);
    await overtaken(world, world.event('b', ['front'], 20_000), () => takeSettle(world));
    expect(world.settles.map(({ at }) => at - start)).toEqual([40_000]);
    await world.settleAll();
    expect(rowOf(world)?.settle).toBeUndefined();
    expect(rowOf(world)?.readAt).toBe(new Date(start + 40_000).toISOString());
  });

  it('does not end what the event waits for', async () => {
    const world = home();
    await world.deliver(world.event('a', ['front'], 0));
    world.at(20_000);
    await overtaken(world, takeSettle(world), () => world.event('b', ['front'], 20_000));
    expect(rowOf(world)?.settle).toMatchObject({
      wantedAt: new Date(start + 40_000).toISOString(),
    });
    expect(world.settles.map(({ at }) => at - start)).toEqual([40_000]);
    await world.settleAll();
    expect(rowOf(world)?.settle).toBeUndefined();
  });

  it('that asked for it comes again, as the row knew nothing of it', async () => {
    const world = home();
    await overtaken(world, world.event('a', ['front'], 0), () => {
      world.at(21_000);
      return takeSettle(world);
    });
    expect(world.settles.map(({ at }) => at - start)).toEqual([41_000]);
    await world.settleAll();
    expect(rowOf(world)?.settle).toBeUndefined();
  });

  it('is asked for once where two events overtake each other', async () => {
    const world = home();
    await overtaken(world, world.event('a', ['front'], 0), () => world.event('b', ['back'], -5000));
    expect(rowOf(world)?.settle).toMatchObject({
      facets: ['back', 'front'],
      wantedAt: new Date(start + 20_000).toISOString(),
    });
    await world.settleAll();
    expect(rowOf(world)?.settle).toBeUndefined();
    const readAt = Date.parse(rowOf(world)?.readAt ?? '');
    expect(readAt).toBeGreaterThanOrEqual(start + 20_000);
  });
});
