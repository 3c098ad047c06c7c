import type { ResourceRow } from '../../../lib/engine/posture/row.ts';
import { createWorld, findingIn, rowOf, start, type World } from '../../fakes/fake-resource.ts';

const far = '2099-01-01T00:00:00.000Z';
const key = '123456789012#us-east-1#Plumbline::House#home';

/** A world in which somebody has written into the row of an open house that it will be shut. */
const given = async (change: (row: ResourceRow) => ResourceRow): Promise<World> => {
  const world = createWorld();
  world.doors.set('home', { front: 'shut', back: 'shut' });
  await world.deliver(world.event('alice', ['front', 'back'], 0));
  await world.settleAll();
  const row = rowOf(world);
  if (!row) throw new Error('there is no row');
  world.rows.set(key, change(row));
  world.at(3_600_000);
  world.doors.set('home', { front: 'open', back: 'shut' });
  await world.deliver(world.event('mallory', ['front'], 3_600_000));
  await world.settleAll();
  return world;
};
const pass = (row: ResourceRow, times: object): ResourceRow => ({
  ...row,
  controls: Object.fromEntries(
    Object.entries(row.controls).map(([id, control]) => [
      id,
      { ...control, verdict: { status: 'PASS' as const }, lastKnown: 'PASS' as const, ...times },
    ]),
  ),
});

it.each<[string, (row: ResourceRow) => ResourceRow]>([
  ['the row was read', (row) => ({ ...row, readAt: far })],
  ['it was stamped', (row) => ({ ...row, stampedAt: far })],
  [
    'it was stamped at the end of time',
    (row) => ({ ...row, stampedAt: '9999-12-31T23:59:59.999Z' }),
  ],
  ['the resource went', (row) => ({ ...row, goneAt: far })],
  ['its last event was', (row) => ({ ...row, lastEventAt: far })],
  ['its controls were read', (row) => pass(row, { readAt: far, knownAt: far })],
  ['it last passed', (row) => pass(row, { lastPassAt: far })],
  [
    'everything was',
    (row) => ({
      ...pass(row, { readAt: far, knownAt: far, since: far, firstSeenAt: far, lastPassAt: far }),
      readAt: far,
      stampedAt: far,
      lastEventAt: far,
    }),
  ],
  [
    'times are in another form',
    (row) => ({ ...pass(row, { readAt: '9' }), readAt: 'zzz', stampedAt: '9' }),
  ],
  [
    'a settle is under way',
    (row) => ({ ...row, settle: { arrivesAt: far, wantedAt: far, facets: 'all', attempt: 0 } }),
  ],
  ['its version cannot rise', (row) => ({ ...row, version: Number.MAX_SAFE_INTEGER })],
  [
    'Security Hub was told',
    (row) => ({
      ...pass(row, { published: { hash: 'x', updatedAt: far, status: 'PASSED' } }),
      stampedAt: far,
    }),
  ],
])('a live read wins over a row that says when in the future %s', async (_, change) => {
  const world = await given(change);
  const finding = findingIn(world, 'T.1');
  expect(finding?.Compliance?.Status).toBe('FAILED');
  expect(JSON.stringify(finding?.ProductFields)).toContain('user/mallory');
  const row = rowOf(world);
  expect(row?.controls['T.1']).toMatchObject({ lastKnown: 'FAIL', verdict: { status: 'FAIL' } });
  expect(Date.parse(row?.readAt ?? '')).toBeLessThanOrEqual(world.now());
  expect(row?.goneAt).toBeUndefined();
  expect(Date.parse(row?.lastEventAt ?? '')).toBe(start + 3_600_000);
  // What comes next is later again.
  const before = finding?.UpdatedAt ?? '';
  world.at(7_200_000);
  world.doors.set('home', { front: 'shut', back: 'shut' });
  await world.deliver(world.event('bob', ['front'], 7_200_000));
  await world.settleAll();
  const after = findingIn(world, 'T.1');
  expect(after?.Compliance?.Status).toBe('PASSED');
  expect(Date.parse(after?.UpdatedAt ?? '')).toBeGreaterThan(Date.parse(before));
});

it('is told at the time of the read where Security Hub was told of no later one', async () => {
  const world = await given((row) => ({ ...row, stampedAt: far }));
  expect(Date.parse(findingIn(world, 'T.1')?.UpdatedAt ?? '')).toBeLessThan(Date.parse(far));
});
