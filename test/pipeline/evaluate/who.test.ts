import type { Change, EventCause, TypeChange } from '../../../lib/engine/changes/change.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import { account, createWorld, findingIn, region, type World } from '../../fakes/fake-resource.ts';

const second = 1000;
const user = (name: string) => `arn:aws:iam::${account}:user/${name}`;

/** An event of somebody on one house, so many seconds from the start. */
const on = (
  world: World,
  id: string,
  who: string,
  seconds: number,
  more: Partial<EventCause> = {},
): Change => {
  const change = world.event(`${who}-${seconds}`, ['front'], seconds * second);
  if (change.cause.kind !== 'event') throw new Error('an event was asked for');
  const cause = { ...change.cause, by: user(who), ...more };
  return { ...change, ref: { account, region, id }, cause };
};

/** Every house is read again. */
const swept = async (world: World, cause: TypeChange['cause']): Promise<void> => {
  const step: TypeChange = {
    version: 1,
    sweep: 'Plumbline::House',
    account,
    region,
    facets: ['front'],
    cause,
  };
  for (const steps = [step]; steps.length > 0; ) {
    await sweep(steps.splice(0), world.runtime);
    steps.push(...world.pages.splice(0));
  }
  await world.deliver(...world.swept.splice(0));
};

/** Somebody's call that names no house. */
const onAny = (world: World, who: string, seconds: number): Promise<void> =>
  swept(world, on(world, 'home', who, seconds).cause);

/** Houses that were read and pass. */
const passing = async (...ids: readonly string[]): Promise<World> => {
  const world = createWorld();
  for (const id of ids) world.doors.set(id, { front: 'shut', back: 'shut' });
  await swept(world, { kind: 'sweep' });
  world.at(100 * second);
  return world;
};
const fields = (world: World, id: string) => findingIn(world, 'T.1', id)?.ProductFields ?? {};

describe('a finding says by whom', () => {
  it('and does not name whose call named no resource and changed nothing', async () => {
    const world = await passing('home', 'away');
    await onAny(world, 'terraform', 99);
    world.doors.set('home', { front: 'open', back: 'shut' });
    world.at(110 * second);
    await world.deliver(on(world, 'home', 'mallory', 105));
    expect(fields(world, 'home')).toMatchObject({ 'plumbline/by': user('mallory') });
    expect(JSON.stringify(world.store.findings)).not.toContain('terraform');
  });

  it('and says so of a call whose parameters were left out, on what it changed and nothing else', async () => {
    const world = await passing('home', 'away');
    world.doors.set('away', { front: 'open', back: 'shut' });
    await onAny(world, 'mallory', 99);
    expect(fields(world, 'away')).toMatchObject({ 'plumbline/by': user('mallory') });
    expect(fields(world, 'home')).not.toHaveProperty('plumbline/by');
  });

  it('though six harmless calls of a second caller came with theirs', async () => {
    const world = await passing('home');
    world.doors.set('home', { front: 'open', back: 'shut' });
    const harmless = [91, 92, 93, 94, 95, 96].map((at) => on(world, 'home', 'bob', at));
    await world.deliver(on(world, 'home', 'mallory', 90), ...harmless);
    expect(fields(world, 'home')).toMatchObject({
      'plumbline/among': `${user('mallory')} ${user('bob')}`,
      'plumbline/candidate/1': expect.stringContaining(user('mallory')),
    });
  });

  it('and is told again when the event of the culprit comes late', async () => {
    const world = await passing('home');
    world.doors.set('home', { front: 'open', back: 'shut' });
    await world.deliver(on(world, 'home', 'bob', 99));
    expect(fields(world, 'home')).toMatchObject({ 'plumbline/by': user('bob') });
    await world.settleAll();
    world.at(600 * second);
    expect(await world.deliver(on(world, 'home', 'mallory', 98))).toEqual([{ done: 1 }]);
    expect(fields(world, 'home')).toMatchObject({
      'plumbline/among': `${user('mallory')} ${user('bob')}`,
    });
    // What is told twice is not told again.
    expect(await world.deliver(on(world, 'home', 'mallory', 98))).toEqual([{ dropped: 'settled' }]);
  });

  it('and apart from them who changed it since', async () => {
    const world = await passing('home');
    world.doors.set('home', { front: 'open', back: 'shut' });
    await world.deliver(on(world, 'home', 'mallory', 99));
    world.at(200 * second);
    await world.deliver(on(world, 'home', 'bob', 199));
    expect(fields(world, 'home')).toMatchObject({
      'plumbline/by': user('mallory'),
      'plumbline/eventId': 'mallory-99',
      'plumbline/changedSince': `${user('bob')} (house:OpenDoor)`,
      'plumbline/changedSinceTime': '2026-06-15T12:03:19.000Z',
    });
  });

  it('and is not sent again for the same call of the same caller, but for each other one', async () => {
    const world = await passing('home');
    world.doors.set('home', { front: 'open', back: 'shut' });
    await world.deliver(on(world, 'home', 'mallory', 99));
    world.at(200 * second);
    const told = [
      on(world, 'home', 'bob', 199),
      on(world, 'home', 'bob', 201),
      on(world, 'home', 'bob', 202, { call: 'house:OpenWindow' }),
      on(world, 'home', 'carol', 203),
    ];
    const published = [];
    for (const one of told) published.push(...(await world.deliver(one)));
    expect(published).toEqual([{ done: 1 }, { done: 0 }, { done: 1 }, { done: 1 }]);
    expect(fields(world, 'home')).toMatchObject({
      'plumbline/changedSince': [
        `${user('bob')} (house:OpenDoor)`,
        `${user('bob')} (house:OpenWindow)`,
        `${user('carol')} (house:OpenDoor)`,
      ].join(', '),
      'plumbline/changedSinceTime': '2026-06-15T12:03:23.000Z',
    });
  });

  it('with account, principal, call, address and time, whatever identity it is', async () => {
    const world = await passing('home');
    world.doors.set('home', { front: 'open', back: 'shut' });
    const outsider = {
      by: '444455556666/AROAEXAMPLE:eve',
      identity: 'AWSAccount',
      account: '444455556666',
      principal: 'AROAEXAMPLE:eve',
    };
    const { by: _, ...nameless } = { ...outsider, identity: 'Unknown' };
    await world.deliver(on(world, 'home', 'eve', 99, outsider));
    expect(fields(world, 'home')).toMatchObject({
      'plumbline/by': '444455556666/AROAEXAMPLE:eve',
      'plumbline/identity': 'AWSAccount',
      'plumbline/account': '444455556666',
      'plumbline/principal': 'AROAEXAMPLE:eve',
      'plumbline/call': 'house:OpenDoor',
      'plumbline/sourceAddress': '203.0.113.7',
      'plumbline/eventTime': '2026-06-15T12:01:39.000Z',
    });
    const { cause, ...change } = on(world, 'home', 'x', 98);
    if (cause.kind !== 'event') throw new Error('an event was asked for');
    const { by: __, ...untold } = { ...cause, ...nameless, principal: 'AIDAEXAMPLE' };
    await world.deliver({ ...change, cause: untold });
    expect(fields(world, 'home')).toMatchObject({
      'plumbline/among': expect.stringContaining('Unknown without a name (event x-98)'),
      'plumbline/candidate/1': expect.stringMatching(
        /Unknown, account 444455556666, principal AIDAEXAMPLE\): house:OpenDoor, from 203.0.113.7, at 2026-06-15T12:01:38.000Z, event x-98$/,
      ),
    });
  });

  it('and counts those whom it does not list', async () => {
    const world = await passing('home');
    world.doors.set('home', { front: 'open', back: 'shut' });
    const crowd = Array.from({ length: 9 }, (_, index) =>
      on(world, 'home', `user${index}`, 90 + index),
    );
    await world.deliver(...crowd);
    expect(fields(world, 'home')['plumbline/among']).toMatch(/ and 3 more$/);
    expect(Object.keys(fields(world, 'home')).length).toBeLessThanOrEqual(50);
  });
});
