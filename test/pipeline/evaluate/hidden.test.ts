import { readerIsDeniedNothing } from '../../../lib/controls/plumbline/reader-is-denied-nothing.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { ownReader } from '../../../lib/resources/account/own-reader.ts';
import { createWorld, findingIn, rowOf, type World } from '../../fakes/fake-resource.ts';

const minute = 60_000;
const refusal = (why: string): Error =>
  Object.assign(
    new Error(
      `User: arn:aws:sts::123456789012:assumed-role/Evaluate/evaluate is not authorized to perform: house:LookAtDoor on resource: arn:aws:house:::home ${why}`,
    ),
    { name: 'AccessDenied' },
  );
const byResource = refusal('with an explicit deny in a resource-based policy');
const byIdentity = refusal('with an explicit deny in an identity-based policy');
const reason = (was: string) =>
  `Plumbline may no longer read house:LookAtDoor: a policy of the resource denies it; before, it was ${was}`;
const mallory = 'arn:aws:iam::123456789012:user/mallory';

const houseWith = async (front: 'open' | 'shut', isRemediated = false): Promise<World> => {
  const world = createWorld({ isRemediated });
  world.doors.set('home', { front, back: 'shut' });
  await world.deliver(world.event('alice', ['front', 'back'], 0));
  await world.settleAll();
  await sweep(world, 5 * minute);
  world.asks.length = 0;
  return world;
};
const hide = async (world: World, at: number, error = byResource, who = 'mallory') => {
  world.faults.set('read front', error);
  world.at(at);
  await world.deliver(world.event(who, ['front'], at));
  await world.settleAll();
};
const sweep = async (world: World, at: number) => {
  world.at(at);
  await world.deliver({ ...world.event('', [], 0), facets: 'all', cause: { kind: 'sweep' } });
};
const show = async (world: World, at: number) => {
  world.faults.delete('read front');
  await sweep(world, at);
};
const control = (world: World) => rowOf(world)?.controls['T.1'];

describe('what the policy of the resource hides', () => {
  it('fails after a PASS, names who did it, and people are told at once', async () => {
    const world = await houseWith('shut');
    await hide(world, 10 * minute);
    const finding = findingIn(world, 'T.1');
    expect(finding).toMatchObject({
      Compliance: { Status: 'FAILED' },
      ProductFields: {
        'plumbline/reason': reason('PASS'),
        'plumbline/by': mallory,
        'plumbline/call': 'house:OpenDoor',
        'plumbline/evidence/1':
          'front is house:LookAtDoor is denied by the policy of arn:aws:house:::home, expected Plumbline may read it',
      },
    });
    expect(world.notices).toHaveLength(1);
    expect(world.notices[0]).toContain('house:LookAtDoor is denied by the policy of');
    expect(world.notices[0]).toContain('Before: T.1 PASS');
    expect(world.notices[0]).toContain(mallory);
    expect(findingIn(world, 'T.2')?.Compliance?.Status).toBe('PASSED');
  });

  it('still fails after a FAIL, says who changed it since, and opens no second episode', async () => {
    const world = await houseWith('open');
    await hide(world, 10 * minute);
    const finding = findingIn(world, 'T.1');
    expect(finding?.ProductFields?.['plumbline/reason']).toBe(reason('FAIL'));
    expect(finding?.ProductFields?.['plumbline/changedSince']).toContain(mallory);
    expect(control(world)).toMatchObject({ lastKnown: 'FAIL', episodes: 1 });
    expect(world.notices).toHaveLength(1);
    expect(world.notices[0]).toContain('Before: T.1 FAIL');
    expect(world.notices[0]).toContain(mallory);
  });

  it('has no plan, and asks for nothing', async () => {
    const world = await houseWith('shut', true);
    await hide(world, 10 * minute);
    await sweep(world, 60 * minute);
    expect(control(world)).toMatchObject({ lastKnown: 'FAIL' });
    expect(control(world)?.plan).toBeUndefined();
    expect(world.asks).toEqual([]);
  });

  it('is told once, and says the same, however often it is looked at', async () => {
    const world = await houseWith('shut');
    await hide(world, 10 * minute);
    const { hash, since } = control(world) ?? {};
    for (const hours of [1, 24, 48, 200]) await sweep(world, hours * 60 * minute);
    expect(control(world)).toMatchObject({ hash, since, episodes: 1 });
    expect(control(world)?.verdict.reason).toBe(reason('PASS'));
    expect(world.notices).toHaveLength(1);
  });

  it('ends when it may be read again, as what it then is', async () => {
    const world = await houseWith('shut');
    await hide(world, 10 * minute);
    await show(world, 20 * minute);
    expect(findingIn(world, 'T.1')).toMatchObject({
      Compliance: { Status: 'PASSED' },
      Workflow: { Status: 'RESOLVED' },
    });
    expect(control(world)?.hidden).toBeUndefined();
    await hide(world, 30 * minute);
    world.doors.set('home', { front: 'open', back: 'shut' });
    await show(world, 40 * minute);
    expect(findingIn(world, 'T.1')).toMatchObject({
      Compliance: { Status: 'FAILED' },
      ProductFields: { 'plumbline/reason': 'the front door is open', 'plumbline/by': mallory },
    });
    expect(control(world)).toMatchObject({ episodes: 2 });
  });

  it('is told each time that it begins', async () => {
    const world = await houseWith('shut');
    for (const round of [1, 2, 3]) {
      await hide(world, round * 20 * minute);
      await show(world, (round * 20 + 10) * minute);
    }
    expect(world.notices).toHaveLength(3);
    expect(control(world)).toMatchObject({ episodes: 3, lastKnown: 'PASS' });
  });

  it('stays hidden while something else denies it too', async () => {
    const world = await houseWith('shut');
    await hide(world, 10 * minute);
    world.faults.set('read front', byIdentity);
    await sweep(world, 20 * minute);
    expect(control(world)).toMatchObject({ lastKnown: 'FAIL', verdict: { status: 'UNKNOWN' } });
    world.faults.set('read front', byResource);
    await sweep(world, 30 * minute);
    expect(control(world)).toMatchObject({ episodes: 1, verdict: { reason: reason('PASS') } });
    expect(world.notices).toHaveLength(1);
  });

  it('is told by a later delivery where the topic took nothing', async () => {
    const world = await houseWith('shut');
    world.faults.set('notify', new Error('no topic'));
    await hide(world, 10 * minute);
    expect(world.notices).toEqual([]);
    world.faults.delete('notify');
    await sweep(world, 20 * minute);
    expect(world.notices).toHaveLength(1);
  });
});

describe('what was not known, or what somebody else denies', () => {
  it('is UNKNOWN where nothing was read before', async () => {
    const world = createWorld();
    world.doors.set('home', { front: 'shut', back: 'shut' });
    await hide(world, 0);
    await sweep(world, 60 * minute);
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('NOT_AVAILABLE');
    expect(control(world)?.hidden).toBeUndefined();
    expect(world.notices).toEqual([]);
  });

  it('is UNKNOWN where the resource that was known is gone, and another one has its name', async () => {
    const world = await houseWith('shut');
    world.doors.delete('home');
    world.at(10 * minute);
    await world.deliver(world.event('bob', ['front'], 10 * minute, { hint: 'deleted' }));
    await world.settleAll();
    world.doors.set('home', { front: 'open', back: 'shut' });
    await hide(world, 20 * minute);
    expect(control(world)?.verdict.status).toBe('UNKNOWN');
    expect(world.notices).toEqual([]);
  });

  it.each([
    byIdentity,
    refusal('with an explicit deny in a service control policy'),
    refusal('because no identity-based policy allows the house:LookAtDoor action'),
    Object.assign(new Error('Access Denied'), { name: 'AccessDenied' }),
  ])('is UNKNOWN, and nobody is told: %s', async (error) => {
    const world = await houseWith('shut');
    await hide(world, 10 * minute, error);
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('NOT_AVAILABLE');
    expect(control(world)).toMatchObject({ lastKnown: 'PASS', episodes: 0 });
    expect(world.notices).toEqual([]);
  });
});

describe('the policy of the resource itself', () => {
  const policy = (world: World, at: number, who = 'mallory') => {
    const event = world.event(who, [], at);
    const cause = { ...event.cause, call: 'house:PutPolicy', reach: 'all', hides: true } as const;
    return { ...event, facets: 'all' as const, cause };
  };
  const hideBy = async (world: World, at: number) => {
    world.faults.set('read front', byResource);
    world.at(at);
    await world.deliver(policy(world, at));
    await world.settleAll();
  };

  it.each(['shut', 'open'] as const)(
    'is heard, and whoever wrote it is named, of what was %s',
    async (front) => {
      const world = await houseWith(front);
      await hideBy(world, 10 * minute);
      expect(control(world)).toMatchObject({ lastKnown: 'FAIL', hidden: { told: true } });
      expect(world.notices).toHaveLength(1);
      expect(world.notices[0]).toContain(mallory);
      expect(world.notices[0]).toContain('house:PutPolicy');
    },
  );

  it('names him where the Deny is seen by the settled read only', async () => {
    const world = await houseWith('shut');
    world.at(10 * minute);
    await world.deliver(policy(world, 10 * minute));
    world.faults.set('read front', byResource);
    await world.settleAll();
    expect(findingIn(world, 'T.1')?.ProductFields?.['plumbline/by']).toBe(mallory);
  });

  it('makes nobody a suspect of what is not hidden', async () => {
    const world = await houseWith('shut');
    world.at(10 * minute);
    await world.deliver(policy(world, 10 * minute));
    world.doors.set('home', { front: 'open', back: 'shut' });
    world.at(11 * minute);
    await world.deliver(world.event('bob', ['front'], 11 * minute));
    await world.settleAll();
    expect(findingIn(world, 'T.1')?.ProductFields).toMatchObject({
      'plumbline/by': 'arn:aws:iam::123456789012:user/bob',
    });
    expect(control(world)?.causes.map(({ id }) => id)).toEqual(['bob']);
  });

  it('prompts nothing where it hides nothing: a FAIL that was there is no drift', async () => {
    const world = await houseWith('shut', true);
    world.doors.set('home', { front: 'open', back: 'shut' });
    world.at(10 * minute);
    await world.deliver(policy(world, 10 * minute));
    await world.settleAll();
    expect(control(world)).toMatchObject({ lastKnown: 'FAIL' });
    expect(control(world)?.prompted).toBeUndefined();
    expect(world.asks).toEqual([]);
  });
});

describe('what our own role may not read', () => {
  const denied = refusal('with an explicit deny in a service control policy');
  const told = { mode: 'observe', parameters: {}, backlog: false, risk: 'safe' } as const;
  const worldThatTells = (): World => {
    const world = createWorld();
    Object.assign(world.runtime.baseline.controls, { 'PL.BLIND.6': told });
    return world;
  };

  it('has no finding of its own on each resource', async () => {
    const world = worldThatTells();
    for (const id of ['home', 'barn', 'mill']) world.doors.set(id, { front: 'open', back: 'shut' });
    world.faults.set('read front', denied);
    await sweep(world, 0);
    expect(findingIn(world, 'T.1')).toBeUndefined();
    expect(control(world)).toMatchObject({
      verdict: { status: 'UNKNOWN' },
      denied: { action: 'house:LookAtDoor', by: 'service control policy' },
    });
    expect(world.notices).toEqual([]);
  });

  it('leaves a FAILED finding as it was, and takes a PASSED one back', async () => {
    for (const [front, status] of [
      ['open', 'FAILED'],
      ['shut', 'NOT_AVAILABLE'],
    ] as const) {
      const world = worldThatTells();
      world.doors.set('home', { front, back: 'shut' });
      await sweep(world, 0);
      world.faults.set('read front', denied);
      await sweep(world, 10 * minute);
      await sweep(world, 20 * minute);
      expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe(status);
      world.faults.delete('read front');
      await sweep(world, 30 * minute);
      expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe(
        front === 'open' ? 'FAILED' : 'PASSED',
      );
    }
  });

  it('says so of a FAILED finding that would be too old', async () => {
    const world = worldThatTells();
    world.doors.set('home', { front: 'open', back: 'shut' });
    await sweep(world, 0);
    world.faults.set('read front', denied);
    await sweep(world, 31 * 24 * 60 * minute);
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('NOT_AVAILABLE');
  });
});

describe('the finding that says what our own role may not read', () => {
  const denied = refusal('with an explicit deny in a permissions boundary');
  const told = { mode: 'observe', parameters: {}, backlog: false, risk: 'safe' } as const;
  const worldWithReader = (): World => {
    const world = createWorld();
    const { runtime, controls } = world;
    Object.assign(runtime.baseline.controls, { [readerIsDeniedNothing.id]: told });
    Object.assign(runtime, {
      types: typesIn([world.house, ownReader]),
      controlsOf: async (type: string) =>
        type === ownReader.type ? [readerIsDeniedNothing] : controls,
    });
    return world;
  };
  const looks = (world: World) =>
    world.settles.filter(({ change }) => change.type === ownReader.type);
  const swept = (world: World, ids: readonly string[]) =>
    world.deliver(
      ...ids.map((id) => {
        const change = world.event('', [], 0);
        const ref = { ...change.ref, id };
        return { ...change, ref, facets: 'all' as const, cause: { kind: 'sweep' } as const };
      }),
    );

  it('is looked at once for what is refused within two minutes, and again for what is later', async () => {
    const world = worldWithReader();
    const ids = Array.from({ length: 30 }, (_, index) => `house-${index}`);
    for (const id of ids) world.doors.set(id, { front: 'open', back: 'shut' });
    world.faults.set('read front', denied);
    await swept(world, ids.slice(0, 10));
    await swept(world, ids.slice(10, 20));
    expect(looks(world).map(({ at }) => at - world.now())).toEqual([120_000]);
    world.at(3 * minute);
    await swept(world, ids.slice(20));
    expect(looks(world)).toHaveLength(2);
  });

  it('is not looked at for what is refused still, and is for what is read again', async () => {
    const world = worldWithReader();
    world.doors.set('home', { front: 'open', back: 'shut' });
    world.faults.set('read front', denied);
    await sweep(world, 0);
    await sweep(world, 10 * minute);
    expect(looks(world)).toHaveLength(1);
    world.faults.delete('read front');
    await sweep(world, 20 * minute);
    expect(looks(world)).toHaveLength(2);
  });

  it('is not looked at where nothing is refused, or the resource itself refuses it', async () => {
    const world = worldWithReader();
    world.doors.set('home', { front: 'open', back: 'shut' });
    await sweep(world, 0);
    world.faults.set('read front', byResource);
    await sweep(world, 10 * minute);
    expect(looks(world)).toEqual([]);
  });
});
