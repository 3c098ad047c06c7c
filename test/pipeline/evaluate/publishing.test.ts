import { publicationOf } from '../../../lib/engine/findings/publication.ts';
import type { Where } from '../../../lib/model/resource-type.ts';
import {
  account,
  createWorld,
  denied,
  findingIn,
  region,
  rowOf,
  start,
  type World,
} from '../../fakes/fake-resource.ts';

const day = 86_400_000;
const iso = (at: number) => new Date(start + at).toISOString();
const exemption = (expires: number) => ({
  control: 'T.1',
  resource: 'arn:aws:house:::home',
  owner: 'carol',
  reason: 'museum',
  expires: iso(expires),
});
const openHome = (baseline: Parameters<typeof createWorld>[0] = {}): World => {
  const world = createWorld(baseline);
  world.doors.set('home', { front: 'open', back: 'shut' });
  return world;
};
const sweep = (world: World) =>
  world.deliver({ ...world.event('', [], 0), facets: 'all', cause: { kind: 'sweep' } });

describe('an exemption', () => {
  it('leaves the finding FAILED, informational, with owner and expiry, and the Workflow alone', async () => {
    const world = openHome({ baseline: { exemptions: [exemption(day)] } });
    await world.deliver(world.event('alice', ['front'], 0));
    expect(findingIn(world, 'T.1')).toMatchObject({
      Compliance: { Status: 'FAILED' },
      Severity: { Label: 'INFORMATIONAL', Original: 'HIGH' },
      Workflow: { Status: 'NEW' },
      ProductFields: {
        'plumbline/exemptionOwner': 'carol',
        'plumbline/exemptionReason': 'museum',
        'plumbline/exemptionExpires': iso(day),
      },
    });
  });

  it('that has run out counts no more at the next look', async () => {
    const world = openHome({ baseline: { exemptions: [exemption(day)] } });
    await world.deliver(world.event('alice', ['front'], 0));
    world.at(day + 1);
    await sweep(world);
    expect(findingIn(world, 'T.1')).toMatchObject({ Severity: { Label: 'HIGH' } });
  });

  it('of another resource does not count', async () => {
    const other = { ...exemption(day), resource: 'arn:aws:house:::hut' };
    const world = openHome({ baseline: { exemptions: [other] } });
    await world.deliver(world.event('alice', ['front'], 0));
    expect(findingIn(world, 'T.1')).toMatchObject({ Severity: { Label: 'HIGH' } });
  });
});

describe('publish: failures', () => {
  it('leaves out a PASS that never had a finding, and keeps one that had', async () => {
    const world = openHome({ baseline: { publish: 'failures' } });
    await world.deliver(world.event('alice', ['front', 'back'], 0));
    expect(world.store.findings).toHaveLength(1);
    world.doors.set('home', { front: 'shut', back: 'shut' });
    world.at(30_000);
    await world.deliver(world.event('bob', ['front'], 30_000));
    expect(findingIn(world, 'T.1')).toMatchObject({ Compliance: { Status: 'PASSED' } });
    expect(findingIn(world, 'T.2')).toBeUndefined();
  });
});

describe('a PASS whose workflow Security Hub is too busy to tell', () => {
  const busy = Object.assign(new Error('slow down'), {
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
  it.each(['json', 'deflated'] as const)(
    'is imported, and resolved by the next delivery, with rows as %s',
    async (rowForm) => {
      const world = openHome({ rowForm });
      await world.deliver(world.event('alice', ['front'], 0));
      world.doors.set('home', { front: 'shut', back: 'shut' });
      world.at(30_000);
      world.faults.set('hub.get', busy);
      expect(await world.deliver(world.event('bob', ['front'], 30_000))).toEqual([{ done: 1 }]);
      expect(findingIn(world, 'T.1')).toMatchObject({
        Compliance: { Status: 'PASSED' },
        Workflow: { Status: 'NEW' },
      });
      // The settle comes, and where it cannot tell either, time asks again.
      world.at(45_000);
      await sweep(world);
      expect(findingIn(world, 'T.1')?.Workflow?.Status).toBe('NEW');
      expect(await world.runtime.posture.due(iso(45_000 + 15 * 60_000), 10)).toHaveLength(1);
      world.faults.clear();
      // It is not imported again for that.
      world.faults.set('hub.import', new Error('no'));
      world.at(60_000);
      await sweep(world);
      expect(findingIn(world, 'T.1')?.Workflow?.Status).toBe('RESOLVED');
      expect(rowOf(world)?.controls['T.1']?.published).not.toHaveProperty('unresolved');
    },
  );
});

describe('a note of publishing that was lost to a rival', () => {
  it('does not leave a FAILED that has passed, though a PASS had been published before', async () => {
    const world = createWorld();
    const turn = async (front: 'open' | 'shut', at: number) => {
      world.doors.set('home', { front, back: 'shut' });
      world.at(at);
      await world.deliver(world.event(`at ${at}`, ['front'], at));
    };
    await turn('shut', 0);
    world.faults.set('posture.notePublished', new Error('lost'));
    await turn('open', 1000);
    world.faults.clear();
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
    await turn('shut', 2000);
    expect(findingIn(world, 'T.1')).toMatchObject({
      Compliance: { Status: 'PASSED' },
      Workflow: { Status: 'RESOLVED' },
    });
  });
});

describe('a finding', () => {
  it('that says nothing new is not sent again, and is refreshed after 30 days', async () => {
    const world = openHome();
    await world.deliver(world.event('alice', ['front', 'back'], 0));
    const { imported } = world.store.counts;
    world.at(10 * day);
    expect(await sweep(world)).toEqual([{ done: 0 }]);
    world.at(31 * day);
    expect(await sweep(world)).toEqual([{ done: 2 }]);
    expect(world.store.counts).toMatchObject({ imported: imported + 2, ignored: 0, refused: 0 });
  });

  it('is the same whatever the order in which the table gives a map back', async () => {
    const world = openHome();
    await world.deliver(world.event('alice', ['front'], 0));
    const [key, row] = [...world.rows][0] ?? [];
    const held = row?.controls['T.1'];
    if (!key || !row || !held) throw new Error('no row');
    const evidence = [{ path: 'front', actual: { b: 1, a: [2] }, expected: 'shut' }];
    const verdict = { ...held.verdict, evidence };
    const turned = [{ expected: 'shut', actual: { a: [2], b: 1 }, path: 'front' }];
    const finding = (some: typeof verdict) =>
      publicationOf(
        { ...row, controls: { 'T.1': { ...held, verdict: some } } },
        { type: world.house, controls: world.controls },
        world.runtime.baseline,
        new Date(start),
      ).row.controls['T.1']?.hash;
    expect(finding({ ...verdict, evidence: turned })).toBe(finding(verdict));
  });

  it('of a control that the baseline no longer enables is archived', async () => {
    const world = openHome();
    await world.deliver(world.event('alice', ['front', 'back'], 0));
    const { 'T.1': _, ...controls } = world.runtime.baseline.controls;
    Object.assign(world.runtime, { baseline: { ...world.runtime.baseline, controls } });
    world.at(day);
    await sweep(world);
    expect(findingIn(world, 'T.1')).toMatchObject({ RecordState: 'ARCHIVED' });
    world.at(2 * day);
    expect(await sweep(world)).toEqual([{ done: 0 }]);
  });

  it('tells of a higher priority when another control exposes the resource', async () => {
    const world = createWorld({
      baseline: { sensitivityTag: { key: 'secrecy', values: ['high'] } },
    });
    world.doors.set('home', { front: 'shut', back: 'open' });
    await world.deliver(world.event('alice', ['front', 'back'], 0));
    expect(findingIn(world, 'T.2')?.ProductFields).toMatchObject({ 'plumbline/priority': 'high' });
    world.doors.set('home', { front: 'open', back: 'open' });
    world.at(60_000);
    await world.deliver(world.event('bob', ['front'], 60_000));
    expect(findingIn(world, 'T.2')).toMatchObject({
      ProductFields: {
        'plumbline/priority': 'critical',
        'plumbline/priorityWhy': 'exposed to outsiders (T.1), tagged secrecy=high',
      },
      FindingProviderFields: { Criticality: 90 },
    });
  });

  it('that is published twice in one millisecond still rises in UpdatedAt', async () => {
    const world = openHome();
    await world.deliver(world.event('alice', ['front'], 0));
    world.doors.set('home', { front: 'shut', back: 'shut' });
    world.at(1);
    await world.deliver(world.event('bob', ['front'], 1));
    world.doors.set('home', { front: 'open', back: 'shut' });
    world.at(2);
    await world.deliver(world.event('carol', ['front'], 2));
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
    expect(world.store.counts).toMatchObject({ imported: 3, ignored: 0, refused: 0 });
  });

  it('within the limits whatever the resource is called and the caller says', async () => {
    const id = 'x'.repeat(700);
    const world = createWorld();
    world.doors.set(id, { front: 'open', back: 'open' });
    const change = world.event('alice', ['front', 'back'], 0);
    if (change.cause.kind !== 'event') throw new Error('not an event');
    await world.deliver({
      ...change,
      ref: { ...change.ref, id },
      cause: { ...change.cause, userAgent: 'u'.repeat(5000), by: 'b'.repeat(5000) },
    });
    expect(world.store.counts).toMatchObject({ imported: 2, refused: 0 });
  });

  it('that Security Hub refuses fails its own resource alone', async () => {
    const world = openHome();
    world.doors.set('hut', { front: 'open', back: 'shut' });
    const hub = await world.runtime.hub({ account, region }, 'imports');
    const spoilt = async ({ Findings = [] }: { Findings?: object[] }) =>
      hub.batchImportFindings({
        Findings: Findings.map((finding) =>
          JSON.stringify(finding).includes(':::home') ? { ...finding, Title: 7 } : finding,
        ) as never,
      });
    Object.assign(world.runtime, { hub: async () => ({ ...hub, batchImportFindings: spoilt }) });
    const hut = world.event('bob', ['front'], 0);
    const [first, second] = await world.deliver(world.event('alice', ['front'], 0), {
      ...hut,
      ref: { ...hut.ref, id: 'hut' },
    });
    expect(first).toHaveProperty('failure.message', expect.stringMatching(/Security Hub refused/));
    expect(second).toEqual({ done: 1 });
    expect(findingIn(world, 'T.1', 'hut')).toBeDefined();
  });

  it('goes by a client that is asked for nothing else', async () => {
    const world = openHome();
    const { hub } = world.runtime;
    const called: string[] = [];
    Object.assign(world.runtime, {
      hub: async (where: Where, use: string) =>
        new Proxy(await hub(where, 'imports'), {
          get: (target, name) => {
            called.push(`${use} ${String(name)}`);
            return Reflect.get(target, name);
          },
        }),
    });
    await world.deliver(world.event('alice', ['front'], 0));
    world.doors.set('home', { front: 'shut', back: 'shut' });
    world.at(1);
    await world.deliver(world.event('bob', ['front'], 1));
    const calls = called.filter((one) => /Findings$/.test(one));
    expect([...new Set(calls)].sort()).toEqual([
      'imports batchImportFindings',
      'workflow batchUpdateFindings',
      'workflow getFindings',
    ]);
  });

  it('that could not be read names the reason, and tells it once', async () => {
    const world = openHome();
    world.faults.set('read front', denied());
    await world.deliver(world.event('alice', ['front'], 0));
    expect(findingIn(world, 'T.1')).toMatchObject({
      Compliance: {
        Status: 'NOT_AVAILABLE',
        StatusReasons: [{ ReasonCode: 'NOT_READABLE', Description: 'front could not be read: no' }],
      },
    });
    world.at(day);
    expect(await sweep(world)).toEqual([{ done: 1 }]);
    world.at(2 * day);
    expect(await sweep(world)).toEqual([{ done: 0 }]);
  });
});

describe('the row', () => {
  it('keeps transitions, and only the tags that findings use', async () => {
    const world = openHome();
    await world.deliver(world.event('alice', ['front'], 0));
    world.doors.set('home', { front: 'shut', back: 'shut' });
    world.at(60_000);
    await world.deliver(world.event('bob', ['front'], 60_000));
    expect(world.transitions).toMatchObject([
      { controlId: 'T.1', to: 'FAIL' },
      { controlId: 'T.1', from: 'FAIL', to: 'PASS', at: iso(60_000) },
    ]);
    expect(rowOf(world)?.tags).toEqual({ 'aws:cloudformation:stack-name': 'town' });
    expect(rowOf(world)?.lastEventAt).toBe(iso(60_000));
  });
});
