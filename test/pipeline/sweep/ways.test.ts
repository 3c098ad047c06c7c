import type { TypeChange } from '../../../lib/engine/changes/change.ts';
import { plausibleRow } from '../../../lib/engine/posture/plausible-row.ts';
import { isRow } from '../../../lib/engine/posture/row-shape.ts';
import type { WaysIn } from '../../../lib/model/ways-in.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import { longTest } from '../../extent.ts';
import { account, createWorld, region, type World } from '../../fakes/fake-resource.ts';

/** A house with a door open to everybody, by one street. */
const open = (street: string): WaysIn => ({
  through: [street],
  ways: [
    {
      at: 'gate',
      families: ['IPv4'],
      gates: [],
      groups: [],
      admits: [{ protocol: 'tcp', cidr: '0.0.0.0/0' }],
    },
  ],
});
const changed = (through?: readonly string[]): TypeChange => ({
  version: 1,
  sweep: 'Plumbline::House',
  account,
  region,
  facets: ['reachable'],
  reachable: { ...(through ? { through } : {}), sent: 0 },
  cause: {
    kind: 'event',
    via: 'cloudtrail',
    id: 'route-1',
    time: '2026-06-15T12:01:00.000Z',
    call: 'ec2:CreateRoute',
    by: 'arn:aws:iam::123456789012:user/mira',
    reach: ['reachable'],
  },
});
const rowOf = (world: World, id: string) =>
  world.rows.get(`${account}#${region}#Plumbline::House#${id}`);
const seen = async (world: World, count: number) => {
  for (let number = 0; number < count; number += 1) {
    const ref = { account, region, id: `house${number}` };
    await world.deliver({
      version: 1,
      type: 'Plumbline::House',
      ref,
      facets: 'all',
      cause: { kind: 'sweep' },
    });
  }
  world.swept.splice(0);
  world.reads.splice(0);
};
const run = async (world: World, step: TypeChange) => {
  world.pages.push(step);
  for (let next = world.pages.shift(); next; next = world.pages.shift())
    await sweep([next], world.runtime);
  return world.swept.map(({ ref }) => ref.id);
};

describe('a change on the way to what fails', () => {
  const world = (ways: ReadonlyMap<string, WaysIn>, doors: readonly ('open' | 'shut')[]) => {
    const made = createWorld({ ways });
    for (const [index, front] of doors.entries())
      made.doors.set(`house${index}`, { front, back: 'shut' });
    return made;
  };

  it('reads again what fails and hangs on it, and nothing else', async () => {
    const ways = new Map([
      ['house0', open('elm street')],
      ['house1', open('oak street')],
      ['house2', open('elm street')],
    ]);
    const town = world(ways, ['open', 'open', 'shut']);
    await seen(town, 3);
    expect(await run(town, changed(['elm street']))).toEqual(['house0']);
    town.swept.splice(0);
    expect(await run(town, changed())).toEqual(['house0', 'house1']);
  });

  it('changes the order of a failure, and neither its verdict nor whom it names', async () => {
    const ways = new Map([['house0', { ways: [], through: ['elm street'] } as WaysIn]]);
    const town = world(ways, ['open']);
    await seen(town, 1);
    expect(rowOf(town, 'house0')?.reachability).toMatchObject({ from: 'nowhere' });
    ways.set('house0', open('elm street'));
    town.at(120_000);
    await run(town, changed(['elm street']));
    const before = rowOf(town, 'house0')?.controls['T.1'];
    await town.deliver(...town.swept);
    const after = rowOf(town, 'house0');
    expect(after?.reachability).toMatchObject({ from: 'internet' });
    expect(after?.controls['T.1']).toEqual({
      ...before,
      hash: expect.any(String),
      published: expect.anything(),
    });
    expect(after?.controls['T.1']?.hash).not.toBe(before?.hash);
    expect(town.reads).toEqual(['house0 reachable']);
  });

  it('is told once: the same again after it has settled reads nothing', async () => {
    const town = world(new Map([['house0', open('elm street')]]), ['open']);
    await seen(town, 1);
    town.at(120_000);
    await run(town, changed(['elm street']));
    const [change] = town.swept;
    if (!change) throw new Error('nothing was sent');
    await town.deliver(change);
    await town.settleAll();
    town.reads.splice(0);
    await town.deliver(change);
    expect(town.reads).toEqual([]);
  });

  longTest(
    'reads at most a thousand again at once',
    async () => {
      const town = world(
        new Map(),
        Array.from({ length: 1004 }, () => 'open' as const),
      );
      await seen(town, 1004);
      expect(await run(town, changed())).toHaveLength(1000);
    },
    60_000,
  );

  it('keeps a verdict though the ways cannot be read, and asks again for them alone', async () => {
    const town = world(new Map([['house0', open('elm street')]]), ['open']);
    town.faults.set('read reachable', Object.assign(new Error('busy'), { name: 'Throttling' }));
    await seen(town, 1);
    expect(rowOf(town, 'house0')?.controls['T.1']?.lastKnown).toBe('FAIL');
    expect(rowOf(town, 'house0')?.reachability).toBeUndefined();
    town.at(120_000);
    await run(town, changed(['elm street']));
    expect(await town.deliver(...town.swept)).toEqual([{ failure: expect.anything() }]);
  });

  it('keeps a verdict though looking for ways does not end, and says so', async () => {
    const never = new Promise(() => undefined) as unknown as WaysIn;
    const town = world(new Map([['house0', never]]), ['open']);
    await seen(town, 1);
    expect(rowOf(town, 'house0')?.controls['T.1']?.lastKnown).toBe('FAIL');
    expect(rowOf(town, 'house0')?.reachability).toMatchObject({
      from: 'unknown',
      why: 'not seen: looking for it took longer than 4 s',
      through: ['*'],
    });
  }, 15_000);

  it('forgets the ways once nothing fails', async () => {
    const town = world(new Map([['house0', open('elm street')]]), ['open']);
    await seen(town, 1);
    town.doors.set('house0', { front: 'shut', back: 'shut' });
    town.at(120_000);
    await seen(town, 1);
    expect(rowOf(town, 'house0')?.reachability).toBeUndefined();
  });

  it('says that the ways may not be read, and not that nobody comes', async () => {
    const town = world(new Map(), ['open']);
    town.faults.set(
      'read reachable',
      Object.assign(new Error('not for you'), { name: 'AccessDenied' }),
    );
    await seen(town, 1);
    expect(rowOf(town, 'house0')?.reachability).toMatchObject({ from: 'unknown' });
  });
});

it.each([
  { through: 5 },
  { through: null },
  { from: 'everywhere' },
  { why: { text: 'forged' } },
  { readAt: 7 },
  { readAt: '9999-01-01T00:00:00.000Z' },
])('a row that somebody else wrote holds nothing up: %j', (forged) => {
  const readAt = '2026-06-15T12:00:00.000Z';
  const row = {
    ...{ type: 'Plumbline::House', ref: { account, region, id: 'a' }, controls: {} },
    ...{ readAt, stampedAt: readAt, version: 1, tags: {} },
  };
  const told = { from: 'internet', why: 'open', through: ['main'], readAt };
  const read = (reachability: object) => {
    const said: unknown = { ...row, reachability };
    return isRow(said) ? plausibleRow(said, new Date(readAt)).reachability : undefined;
  };
  expect(read(told)).toEqual(told);
  expect(read({ ...told, ...forged })).toBeUndefined();
});
