import type { Change } from '../../../lib/engine/changes/change.ts';
import { isTrulyGone } from '../../../lib/engine/changes/is-truly-gone.ts';
import type { ResourceRow } from '../../../lib/engine/posture/row.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { account, createWorld, region, rowOf } from '../../fakes/fake-resource.ts';

const start = Date.parse('2026-06-15T12:00:00Z');
const iso = (seconds: number) => new Date(start + seconds * 1000).toISOString();
const ref = { account, region, id: 'home' };
const about = { version: 1, type: 'Plumbline::House', ref } as const;

const told = (seconds: number, hint?: Change['hint']): Change => ({
  ...about,
  facets: hint ? 'all' : ['front'],
  ...(hint ? { hint } : {}),
  cause: { kind: 'event', via: 'cloudtrail', id: `e${seconds}`, time: iso(seconds) },
});
const swept: Change = { ...about, facets: 'all', cause: { kind: 'sweep' } };
const settled: Change = { ...about, facets: 'all', cause: { kind: 'settle', attempt: 0 } };

const world = createWorld();
world.doors.set('home', { front: 'open', back: 'shut' });
await world.deliver(world.event('alice', ['front', 'back'], 0));
const known = rowOf(world);
if (!known) throw new Error('there is no row');
/** As it was first read after so many seconds. */
const since = (seconds: number, more: Partial<ResourceRow> = {}): ResourceRow => {
  const { settle: _, ...row } = known;
  const controls = Object.fromEntries(
    Object.entries(row.controls).map(([id, one]) => [id, { ...one, firstSeenAt: iso(seconds) }]),
  );
  return { ...row, controls, ...more };
};
const waiting = (until: number) => ({
  settle: { arrivesAt: iso(until), wantedAt: iso(until), facets: ['front'], attempt: 0 },
});
const long = since(-9000);

interface Case {
  readonly told: readonly Change[];
  readonly row?: ResourceRow | undefined;
  readonly isGone: boolean;
  /** Seconds from the start. @default 300 */
  readonly readAt?: number;
}
const settlesAfterSeconds = 60;
/** Each is read as not there, and events are of these seconds. */
const cases: Readonly<Record<string, Case>> = {
  'it was deleted': { told: [told(299, 'deleted')], row: long, isGone: true },
  'AWS tells of it once it was deleted': {
    told: [told(200, 'deleted'), told(299)],
    row: long,
    isGone: true,
  },
  'AWS tells that it went, and nobody told that it was deleted': {
    told: [told(299)],
    row: long,
    isGone: true,
  },
  'the same, while a look is due in a quarter of an hour': {
    told: [told(299)],
    row: since(-9000, waiting(1100)),
    isGone: true,
  },
  'what made it comes late, after what deleted it': {
    told: [told(299, 'deleted'), told(280, 'created')],
    row: long,
    isGone: true,
  },
  'it was deleted and made again': {
    told: [told(280, 'deleted'), told(299, 'created')],
    row: long,
    isGone: false,
  },
  'it was made again within the second': {
    told: [told(299, 'created'), told(299, 'deleted')],
    row: long,
    isGone: false,
  },
  'it was made again, and that would show by now': {
    told: [told(100, 'deleted'), told(200, 'created')],
    row: long,
    isGone: true,
  },
  'it was just made': { told: [told(299, 'created')], isGone: false },
  'it was just made, and changed': {
    told: [told(298, 'created'), told(299)],
    isGone: false,
  },
  'it is known since a moment ago, and changed': {
    told: [told(299)],
    row: since(290, waiting(350)),
    isGone: false,
  },
  'it is being made, and a sweep comes': {
    told: [swept],
    row: since(200, { ...waiting(350), beingCreated: true }),
    isGone: false,
  },
  'it is being made, and the look that is due is of what was before': {
    told: [settled],
    row: since(-9000, { ...waiting(350), beingCreated: true }),
    isGone: false,
  },
  'it was made, and the look is due': {
    told: [settled],
    row: since(240, { ...waiting(300), beingCreated: true }),
    isGone: true,
  },
  'it is not known, and somebody changed it': { told: [told(299)], isGone: false },
  'it is not known, and the look is due': { told: [settled], isGone: true },
  'it is not known, and a sweep looks': { told: [swept], isGone: true },
  'it went before, and somebody changes what has its name': {
    told: [told(299)],
    row: since(-9000, { goneAt: iso(0) }),
    isGone: false,
  },
  'a sweep looks while a look is due': {
    told: [swept],
    row: since(-9000, waiting(350)),
    isGone: true,
  },
};

describe('what is not found', () => {
  it.each(Object.entries(cases))('%s', (_, { told: changes, row, isGone, readAt = 300 }) => {
    const read = { readAt: new Date(start + readAt * 1000), settlesAfterSeconds };
    for (const ordered of [changes, changes.toReversed()])
      expect(isTrulyGone(ordered, row, read)).toBe(isGone);
  });

  // However long a type takes to settle, and whether AWS finishes slowly what was asked of it.
  it.each(resourceTypes.map(({ type, live }) => [type, live.settlesAfterSeconds] as const))(
    '%s: is gone at once where it was there, and waits where it was just made',
    (_, seconds) => {
      const read = { readAt: new Date(start + 300_000), settlesAfterSeconds: seconds };
      expect(isTrulyGone([told(299)], long, read)).toBe(true);
      expect(isTrulyGone([told(299, 'deleted'), told(299.5)], long, read)).toBe(true);
      expect(isTrulyGone([told(299.5, 'created')], undefined, read)).toBe(false);
    },
  );
});
