import type { Clients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import type { PlaceSweep } from '../../../lib/engine/changes/change.ts';
import type { AnyResourceType, Ref, Where } from '../../../lib/model/resource-type.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import {
  createWorld,
  region as home,
  account as hub,
  type World,
} from '../../fakes/fake-resource.ts';

type List = AnyResourceType['live']['list'];
const member = '444455556666';
const away = 'eu-west-1';
const hour = 3_600_000;
const day = 24 * hour;
const denied = () =>
  Object.assign(new Error('denied by a service control policy'), { name: 'AccessDenied' });

/** Two accounts and two regions, of which one holds what it is given; every call is kept. */
const organization = () => {
  const world = createWorld();
  const calls: string[] = [];
  const there = {
    interfaces: 0,
    houses: 0,
    isDenied: false,
    isListDenied: false,
    isEnterable: true,
  };
  const { house } = world;
  const { live } = house;
  const ask = (where: Where, what: string) => {
    calls.push(`${where.account} ${where.region} ${what}`);
    if (where.account === member && where.region === away && there.isDenied) throw denied();
  };
  const clientsAt = (where: Where) => async () => ({
    describeNetworkInterfaces: async () => {
      ask(where, 'interfaces');
      return { NetworkInterfaces: Array.from({ length: there.interfaces }, () => ({})) };
    },
    listQueues: async () => ask(where, 'queues'),
    listFunctions: async () => ask(where, 'functions'),
  });
  const regional: AnyResourceType = {
    ...house,
    live: {
      ...live,
      list: {
        actions: [],
        page: async (reader) => {
          ask(reader, 'list');
          if (there.isListDenied) throw denied();
          return { resources: Array.from({ length: there.houses }, (_, n) => ({ id: `h${n}` })) };
        },
      },
    },
  };
  const everywhere: AnyResourceType = {
    ...regional,
    type: 'Plumbline::Street',
    live: {
      ...live,
      list: { actions: [], isEverywhere: true, page: async () => ({ resources: [{ id: 'x' }] }) },
    },
  };
  const once: AnyResourceType = { ...regional, type: 'Plumbline::Town', scope: 'account' };
  const all = [regional, everywhere, once];
  Object.assign(world.runtime, {
    types: typesIn(all),
    place: { account: hub, homeRegion: home, regions: [home, away], members: [member] },
    reader: (where: Where) =>
      createReader({
        ...where,
        clients: clientsAt(where) as unknown as Clients,
        clock: world.runtime.clock,
      }),
  });
  /** All that a sweep of one place brings, at a time; answers the types that are listed. */
  const sweepAt = async (at: number, { account, region }: Where) => {
    world.at(at);
    const place: PlaceSweep = { version: 1, sweep: 'place', account, region };
    await sweep([place], world.runtime);
    const listed = world.pages.splice(0);
    await sweep(listed, world.runtime);
    return listed.map((one) => one.sweep);
  };
  /** Another type of the region, listed as the first is. */
  const withTypes = ({ type, ...list }: { type: AnyResourceType['type'] } & Partial<List>) => {
    const empty = { ...list, actions: [], page: async () => ({ resources: [] }) };
    const one = { ...regional, type, live: { ...live, list: empty } };
    all.push(one);
  };
  return { world, calls, there, sweepAt, withTypes };
};
const memberAway = { account: member, region: away };

interface Said {
  readonly type: string;
  readonly ref: Ref;
  readonly control: string;
  readonly status: 'PASS' | 'FAIL';
  readonly since: number;
  readonly lastEventAt?: number;
}
/** A row as evaluating leaves it. */
const rowSays = (world: World, { type, ref, control, status, since, lastEventAt }: Said): void => {
  const at = new Date(since).toISOString();
  world.rows.set(`${ref.account}#${ref.region}#${type}#${ref.id}`, {
    type,
    ref,
    version: 1,
    readAt: at,
    stampedAt: at,
    tags: {},
    ...(lastEventAt === undefined ? {} : { lastEventAt: new Date(lastEventAt).toISOString() }),
    controls: {
      [control]: {
        verdict: { status, reason: 'deaf', evidence: [] },
        lastKnown: status,
        since: at,
        firstSeenAt: at,
        readAt: at,
        episodes: 1,
        causes: [],
      },
    },
  });
};

describe('a region of an account', () => {
  it('that is empty is listed once a week, and one call a day finds that out', async () => {
    const { sweepAt, calls } = organization();
    const days = Array.from({ length: 15 }, (_, n) => n);
    const listed: number[] = [];
    for (const n of days) if ((await sweepAt(n * day, memberAway)).length > 0) listed.push(n);
    expect(listed).toEqual([0, 7, 14]);
    expect(calls.filter((call) => call.endsWith('interfaces'))).toHaveLength(15);
    expect(calls.filter((call) => call.endsWith('list'))).toHaveLength(3);
    expect(calls).toHaveLength(18);
  });

  it('that is empty is not asked for what would have an interface there', async () => {
    const { sweepAt, there, withTypes } = organization();
    const [regional, everywhere, house] = [
      'Plumbline::House',
      'Plumbline::Street',
      'Plumbline::Inn',
    ] as const;
    withTypes({ type: house, hasInterface: true });
    expect(await sweepAt(0, memberAway)).toEqual([regional, everywhere]);
    there.interfaces = 1;
    expect(await sweepAt(day, memberAway)).toEqual([regional, everywhere, house]);
    there.interfaces = 0;
    there.houses = 1;
    expect(await sweepAt(8 * day, memberAway)).toEqual([regional, everywhere]);
    // It holds something: all is listed.
    expect(await sweepAt(9 * day, memberAway)).toEqual([regional, everywhere, house]);
  });

  it('is not asked who is let in to its things while it has none', async () => {
    const { sweepAt, there, withTypes } = organization();
    const gate = 'Plumbline::Gate';
    const others = ['Plumbline::House', 'Plumbline::Street'];
    withTypes({ type: gate, isEverywhere: true, leadsToOthers: true });
    expect(await sweepAt(0, memberAway)).toEqual(others);
    there.houses = 1;
    expect(await sweepAt(7 * day, memberAway)).toEqual(others);
    expect(await sweepAt(8 * day, memberAway)).toEqual([...others, gate]);
  });

  it('is asked for what is part of something once that is found', async () => {
    const { world, sweepAt, there, withTypes } = organization();
    withTypes({ type: 'Plumbline::Room', partOf: 'Plumbline::House' });
    const whole = ['Plumbline::House', 'Plumbline::Street'];
    expect(await sweepAt(0, memberAway)).toEqual(whole);
    expect(world.pages.splice(0)).toEqual([]);
    there.houses = 1;
    expect(await sweepAt(7 * day, memberAway)).toEqual(whole);
    expect(world.pages.splice(0).map((one) => one.sweep)).toEqual(['Plumbline::Room']);
    // Of what may not be listed nobody knows that there is none.
    there.isListDenied = true;
    expect(await sweepAt(8 * day, memberAway)).toEqual(whole);
    expect(world.pages.splice(0).map((one) => one.sweep)).toEqual(['Plumbline::Room']);
    // Where nothing evaluates the whole, its parts are listed by themselves.
    const all = await world.runtime.types.all();
    const types = typesIn(all.filter(({ type }) => type !== 'Plumbline::House'));
    Object.assign(world.runtime, { types });
    expect(await sweepAt(9 * day, memberAway)).toEqual(['Plumbline::Street', 'Plumbline::Room']);
  });

  it('that holds something is listed each day, and until it is known to be empty', async () => {
    const { sweepAt, there } = organization();
    there.houses = 1;
    for (const n of [0, 1, 2, 3]) expect(await sweepAt(n * day, memberAway)).toHaveLength(2);
    there.houses = 0;
    const listed: number[] = [];
    for (const n of [4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
      if ((await sweepAt(n * day, memberAway)).length > 0) listed.push(n);
    // The last listing that found something holds for two days; then a week goes by.
    expect(listed).toEqual([4, 5, 12]);
  });

  it('is listed where something can be reached there that no listing knows', async () => {
    const { sweepAt, there } = organization();
    await sweepAt(0, memberAway);
    there.interfaces = 1;
    expect(await sweepAt(day, memberAway)).toHaveLength(2);
  });

  it('is listed each day where something was heard there', async () => {
    const { world, sweepAt } = organization();
    await sweepAt(0, memberAway);
    world.doors.set('home', { front: 'shut', back: 'shut' });
    const event = world.event('alice', ['front'], hour);
    await world.deliver({ ...event, ref: { ...memberAway, id: 'home' } });
    expect(await sweepAt(day, memberAway)).toHaveLength(2);
  });

  it.each([
    ['Plumbline::Ears', 'PL.BLIND.7', { ...memberAway, id: away }],
    ['Plumbline::CloudTrail::Region', 'PL.BLIND.1', { ...memberAway, id: away }],
    ['Plumbline::Member', 'PL.ACCOUNT.2', { account: hub, region: home, id: member }],
  ])('is listed each day where %s says that not all is heard', async (type, control, ref) => {
    const { world, sweepAt } = organization();
    await sweepAt(0, memberAway);
    expect(await sweepAt(day, memberAway)).toEqual([]);
    rowSays(world, { type, ref, control, status: 'FAIL', since: world.now() });
    expect(await sweepAt(2 * day, memberAway)).toHaveLength(2);
  });

  it.each([
    ['Plumbline::Ears', 'PL.BLIND.7', { ...memberAway, id: away }],
    ['Plumbline::CloudTrail::Region', 'PL.BLIND.1', { ...memberAway, id: away }],
    ['Plumbline::Member', 'PL.ACCOUNT.2', { account: hub, region: home, id: member }],
  ])(
    'is listed once more where %s says that not all was heard since',
    async (type, control, ref) => {
      const { world, sweepAt } = organization();
      const passing = { type, ref, control, status: 'PASS' } as const;
      rowSays(world, { ...passing, since: world.now() - day });
      await sweepAt(0, memberAway);
      expect(await sweepAt(day, memberAway)).toEqual([]);
      // Deaf between two sweeps, and all is well again at the second.
      rowSays(world, { ...passing, since: world.now() + 4 * hour });
      expect(await sweepAt(2 * day, memberAway)).toHaveLength(2);
      expect(await sweepAt(3 * day, memberAway)).toEqual([]);
    },
  );

  it('is listed once more where somebody changed its ears, and they were never seen to fail', async () => {
    const { world, sweepAt } = organization();
    const row = { type: 'Plumbline::Ears', ref: { ...memberAway, id: away } };
    const passing = { ...row, control: 'PL.BLIND.7', status: 'PASS', since: world.now() - day };
    await sweepAt(0, memberAway);
    rowSays(world, { ...passing, status: 'PASS', lastEventAt: world.now() + hour });
    expect(await sweepAt(day, memberAway)).toHaveLength(2);
    expect(await sweepAt(2 * day, memberAway)).toEqual([]);
  });

  it('is listed whatever a note from the future says of it', async () => {
    const { world, sweepAt } = organization();
    world.notes.set(`${member}/${away}`, {
      ...memberAway,
      sweptAt: new Date(world.now() + 400 * day).toISOString(),
    });
    expect(await sweepAt(0, memberAway)).toHaveLength(2);
  });

  it('has what an account has once listed in the home region alone, each day', async () => {
    const { sweepAt } = organization();
    const at = { account: member, region: home };
    expect(await sweepAt(0, at)).toContain('Plumbline::Town');
    expect(await sweepAt(day, at)).toEqual(['Plumbline::Town']);
    expect(await sweepAt(0, memberAway)).not.toContain('Plumbline::Town');
  });

  it('where Plumbline stands is listed each day', async () => {
    const { sweepAt } = organization();
    for (const n of [0, 1, 2])
      expect(await sweepAt(n * day, { account: hub, region: home })).toHaveLength(3);
  });
});

describe('a region that refuses every read', () => {
  it('is asked by three services a day, listed no more, and at once when it answers again', async () => {
    const { world, sweepAt, there, calls } = organization();
    there.houses = 1;
    await sweepAt(0, memberAway);
    there.isDenied = true;
    calls.length = 0;
    expect(await sweepAt(day, memberAway)).toEqual([]);
    expect(calls.map((call) => call.split(' ')[2])).toEqual(['interfaces', 'queues', 'functions']);
    expect(world.notes.get(`${member}/${away}`)).toMatchObject({
      closedSince: new Date(world.now()).toISOString(),
      heldAt: expect.any(String),
    });
    const looks = () =>
      world.settles
        .splice(0)
        .filter(({ change }) => change.type === 'Plumbline::GovernedRegion')
        .map(({ change }) => change.ref);
    const row = { account: hub, region: home, id: `${member}/${away}` };
    expect(looks()).toEqual([row]);
    there.isDenied = false;
    expect(await sweepAt(day + hour, memberAway)).toHaveLength(2);
    expect(world.notes.get(`${member}/${away}`)).not.toHaveProperty('closedSince');
    expect(looks()).toEqual([row]);
  });

  it('is asked again once an hour, and no other region', async () => {
    const { world, there, sweepAt } = organization();
    there.isDenied = true;
    await sweepAt(0, memberAway);
    await sweep([{ begin: 'due' }], world.runtime);
    world.places.length = 0;
    const asked: number[] = [];
    for (let quarter = 1; quarter <= 12; quarter += 1) {
      world.at(quarter * 900_000);
      await sweep([{ begin: 'due' }], world.runtime);
      if (world.places.splice(0).length > 0) asked.push(quarter);
    }
    expect(asked).toEqual([1, 5, 9]);
  });

  it('is not asked where its account is governed no more', async () => {
    const { world } = organization();
    await sweep([{ begin: 'due' }], world.runtime);
    world.places.length = 0;
    world.notes.set('999999999999/eu-west-1', {
      account: '999999999999',
      region: away,
      closedSince: new Date(world.now()).toISOString(),
    });
    world.at(2 * hour);
    await sweep([{ begin: 'due' }], world.runtime);
    expect(world.places).toEqual([]);
  });
});
