import type { Clients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import type { PlaceSweep, TypeChange } from '../../../lib/engine/changes/change.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { type SweepStep, sweep, takeSweep } from '../../../lib/pipeline/sweep/sweep.ts';
import {
  account,
  createWorld,
  denied,
  findingIn,
  region,
  type World,
} from '../../fakes/fake-resource.ts';
import { heard } from '../../fakes/heard.ts';

const step: TypeChange = {
  version: 1,
  sweep: 'Plumbline::House',
  account,
  region,
  facets: 'all',
  cause: { kind: 'sweep' },
};
const street = (count: number): World => {
  const world = createWorld();
  for (let number = 0; number < count; number += 1) {
    world.doors.set(`house${number}`, { front: 'open', back: 'shut' });
  }
  return world;
};

/** Lets the day's sweep of everything go by. */
const tick = async (world: World) => {
  await sweep([{ begin: 'due' }], world.runtime);
  world.places.splice(0);
};
const place: PlaceSweep = { version: 1, sweep: 'place', account, region };

describe('a sweep', () => {
  it('begins with one message a region, which brings one a type', async () => {
    const world = street(1);
    expect(await sweep([{ begin: 'all' }], world.runtime)).toEqual([{ done: 1 }]);
    expect(world.places).toEqual([place]);
    expect(await sweep(world.places, world.runtime)).toEqual([{ done: 1 }]);
    expect(world.pages).toEqual([step]);
  });

  it('lists a page a message and goes on by token, whatever the number', async () => {
    const world = street(5);
    const steps: SweepStep[] = [step];
    for (let next = steps.shift(); next; next = steps.shift()) {
      await sweep([next], world.runtime);
      steps.push(...world.pages.splice(0));
    }
    expect(world.swept.map(({ ref }) => ref.id)).toEqual([
      'house0',
      'house1',
      'house2',
      'house3',
      'house4',
    ]);
  });

  it('counts its pages', async () => {
    const world = street(5);
    await sweep([step], world.runtime);
    expect(world.pages).toEqual([{ ...step, token: '2', page: 2 }]);
  });

  it.each([
    ['leads to itself', { token: '2', page: 7 }, 'page 7 leads to itself: the rest is not listed'],
    [
      'is the ten thousandth',
      { token: '0', page: 10_000 },
      'it has more than 10000 pages: the rest is not listed',
    ],
  ])('ends with a page that %s, and says so', async (_, at, why) => {
    const world = street(5);
    const looping = { ...step, ...at };
    const { house } = world;
    const page: typeof house.live.list.page = async (_reader, token) => ({
      resources: [{ id: 'house0' }],
      next: token === '2' ? '2' : `${Number(token) + 2}`,
    });
    const looped = { ...house, live: { ...house.live, list: { ...house.live.list, page } } };
    expect(await sweep([looping], { ...world.runtime, types: typesIn([looped]) })).toEqual([
      { done: 1 },
    ]);
    expect(world.pages).toEqual([]);
    expect(world.swept).toHaveLength(1);
    expect(world.ends).toEqual([{ chain: 'sweep', of: 'Plumbline::House', why }]);
  });

  it.each([
    ['lists nothing of a service that has no host in the region', 'ENOTFOUND', true, [{ done: 0 }]],
    ['tries again where nothing else answers either', 'ENOTFOUND', false, 'failure'],
    ['tries again where the name could not be looked up', 'EAI_AGAIN', true, 'failure'],
  ])('%s', async (_, code, answersElse, expected) => {
    const world = street(1);
    const { house } = world;
    const page = () => Promise.reject(Object.assign(new Error(code), { code }));
    const unreached = { ...house, live: { ...house.live, list: { ...house.live.list, page } } };
    const sts = { getCallerIdentity: async () => ({}) };
    const clients = () => (answersElse ? Promise.resolve(sts) : Promise.reject(new Error(code)));
    const outcomes = await sweep([step], {
      ...world.runtime,
      types: typesIn([unreached]),
      reader: () => createReader({ account, region, clients: clients as unknown as Clients }),
    });
    if (expected === 'failure') expect(outcomes[0]).toHaveProperty('failure');
    else expect(outcomes).toEqual(expected);
    expect(world.swept).toEqual([]);
  });

  it('carries nothing of what the listing shows: all is read again', async () => {
    const world = street(1);
    await sweep([step], world.runtime);
    await world.deliver(...world.swept);
    expect(JSON.stringify(world.swept)).not.toMatch(/open|listed/);
    expect(world.reads.toSorted()).toEqual(['house0 back', 'house0 front']);
    expect(findingIn(world, 'T.1', 'house0')).toMatchObject({ Compliance: { Status: 'FAILED' } });
    expect(findingIn(world, 'T.2', 'house0')).toMatchObject({ Compliance: { Status: 'PASSED' } });
  });

  it('that an event on a lender brings names who did it', async () => {
    const world = street(1);
    world.doors.set('house0', { front: 'shut', back: 'shut' });
    await sweep([step], world.runtime);
    await world.deliver(...world.swept.splice(0));
    world.doors.set('house0', { front: 'open', back: 'shut' });
    world.reads.length = 0;
    world.at(60_000);
    const { cause } = world.event('alice', ['front'], 59_000);
    await sweep([{ ...step, facets: ['front'], cause }], world.runtime);
    await world.deliver(...world.swept);
    expect(world.reads).toEqual(['house0 front']);
    expect(findingIn(world, 'T.1', 'house0')?.ProductFields).toMatchObject({
      'plumbline/by': `arn:aws:iam::${account}:user/alice`,
    });
  });

  it('of everything begins with the first tick, and again a day later', async () => {
    const world = street(1);
    expect(await sweep([{ begin: 'due' }], world.runtime)).toEqual([{ done: 1 }]);
    expect(world.places.splice(0)).toEqual([place]);
    world.at(23 * 3_600_000);
    await sweep([{ begin: 'due' }], world.runtime);
    expect(world.places).toEqual([]);
    world.at(24 * 3_600_000);
    await sweep([{ begin: 'due' }], world.runtime);
    expect(world.places).toEqual([place]);
  });

  it('of what is due sends rows whose time has come', async () => {
    const world = street(1);
    await sweep([step], world.runtime);
    await world.deliver(...world.swept.splice(0));
    await tick(world);
    expect(world.swept).toEqual([]);
    world.at(4 * 86_400_000);
    await tick(world);
    expect(world.swept).toMatchObject([
      { ref: { id: 'house0' }, facets: 'all', cause: { kind: 'sweep' } },
    ]);
  });

  it('archives what nobody has seen for days and is not there', async () => {
    const world = street(1);
    await sweep([step], world.runtime);
    await world.deliver(...world.swept.splice(0));
    world.doors.clear();
    world.at(4 * 86_400_000);
    await tick(world);
    await sweep([{ begin: 'due' }], world.runtime);
    await world.deliver(...world.swept);
    expect(findingIn(world, 'T.1', 'house0')?.RecordState).toBe('ARCHIVED');
  });

  it('that may not list fails by itself', async () => {
    const world = street(1);
    world.faults.set('list', denied());
    await tick(world);
    const [first, second] = await sweep([step, { begin: 'due' }], world.runtime);
    expect(first).toHaveProperty('failure.message', 'Plumbline::House could not be listed: no');
    expect(second).toEqual({ done: 0 });
  });
});

describe('a message of the Pages queue', () => {
  it.each([
    ['malformed', {}],
    ['malformed', undefined],
    ['malformed', { version: 1 }],
    ['malformed', { version: 1, sweep: 'Plumbline::House' }],
    ['malformed', { ...step, page: 'last' }],
    ['unknown', { ...step, sweep: 'AWS::No::Such' }],
  ])('%s: dropped', async (dropped, body) => {
    expect(await takeSweep(body, street(1).runtime, heard(body))).toMatchObject({
      items: [],
      dropped,
    });
  });

  it.each([
    ['malformed', { ...place, region: 7 }],
    ['foreign', { ...place, account: '999999999999' }],
    ['ungoverned', { ...place, region: 'eu-west-1' }],
  ])('of a region, %s: dropped', async (dropped, body) => {
    expect(await takeSweep(body, street(1).runtime, heard(body))).toMatchObject({ dropped });
  });

  it('is taken', async () => {
    const { runtime } = street(1);
    expect(await takeSweep(place, runtime, heard(place))).toMatchObject({ items: [place] });
    expect(await takeSweep(step, runtime, heard(step))).toMatchObject({ items: [step] });
    expect(await takeSweep({ version: 1, sweep: 'due' }, runtime, heard({}))).toMatchObject({
      items: [{ begin: 'due' }],
    });
  });
});
