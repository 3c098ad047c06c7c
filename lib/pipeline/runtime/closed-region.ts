import { attempted } from '../../aws/errors.ts';
import type { RegionNote } from '../../aws/stores/regions.ts';
import { isFuture } from '../../engine/changes/bounds.ts';
import { whereKey } from '../../engine/changes/change.ts';
import { isAway } from '../../engine/changes/place.ts';
import type { Reader, Where } from '../../model/resource-type.ts';
import { governedRegionType, regionId } from '../../resources/account/own-names.ts';
import { refusalOfAll } from '../../resources/account/probes.ts';
import { onceEach } from '../../support/once.ts';
import { lookAtEntry } from './away.ts';
import type { Runtime } from './runtime.ts';

// A policy can deny a whole region, or the account has not enabled it. Then nothing there can be evaluated: what is known
// of it is kept as it is, and one row says so (PL.BLIND.8).

/** For which an answer counts, in this process. */
const knownMs = 300_000;
/** What is noted is noted again only then, by one process. */
const notedMs = 3_600_000;

type Answer = { readonly isClosed: boolean; readonly until: number };
const answersIn = onceEach((_: Runtime['regions']) => new Map<string, Answer>());
const notedIn = onceEach((_: Runtime['regions']) => new Map<string, number>());

/** Where Plumbline stands itself nothing is taken for closed: it would take itself for shut out. */
export const isHub = ({ account, region }: Where, { place }: Pick<Runtime, 'place'>): boolean =>
  account === place.account && region === place.homeRegion;

/** Has it evaluated how a region may be read. */
export const lookAtRegion = async (
  where: Where,
  { place, queues }: Pick<Runtime, 'place' | 'queues'>,
): Promise<void> => {
  const ref = { account: place.account, region: place.homeRegion, id: regionId(where) };
  const cause = { kind: 'review' } as const;
  await queues.settle({ version: 1, type: governedRegionType, ref, facets: 'all', cause }, 0);
};

/** A time of a note, in milliseconds; one that is still to come counts as none. */
export const timeOf = (time: string | undefined, now: Date): number | undefined =>
  time === undefined || Number.isNaN(Date.parse(time)) || isFuture(time, now)
    ? undefined
    : Date.parse(time);

/** Notes since when a region refuses everything. */
const noteClosed = async (where: Where, runtime: Runtime): Promise<void> => {
  const { closedSince } = await runtime.regions.read(where);
  if (closedSince === undefined)
    await runtime.regions.note(where, { closedSince: runtime.clock().toISOString() });
  await lookAtRegion(where, runtime);
  // Credentials of a role that is gone since are refused as well, for as long as they are kept.
  if (isAway(where, runtime.place)) await lookAtEntry(where.account, runtime);
};

/**
 * Whether a region refuses whatever is asked there. Asked once in five minutes by one process; what may pass says no.
 * @param reader of that region
 */
export const isClosed = async (
  where: Where,
  reader: Reader,
  runtime: Runtime,
): Promise<boolean> => {
  if (isHub(where, runtime)) return false;
  const known = answersIn(runtime.regions);
  const now = runtime.clock().getTime();
  const before = known.get(whereKey(where));
  if (before && before.until > now) return before.isClosed;
  const asked = await attempted(() => refusalOfAll(reader));
  if ('failure' in asked) return false;
  const answer = { isClosed: asked.value !== undefined, until: now + knownMs };
  known.set(whereKey(where), answer);
  // What is not noted now is noted by whoever asks next.
  if (answer.isClosed && 'failure' in (await attempted(() => noteClosed(where, runtime))))
    known.delete(whereKey(where));
  return answer.isClosed;
};

/** Never throws: what is missed here the next change, or the next sweep, brings about. */
const noteHourly = async (
  where: Where,
  names: readonly ('heldAt' | 'heardAt')[],
  runtime: Runtime,
): Promise<void> => {
  const known = notedIn(runtime.regions);
  const now = runtime.clock();
  const keyOf = (name: string) => `${name} ${whereKey(where)}`;
  const due = names.filter((name) => (known.get(keyOf(name)) ?? 0) + notedMs <= now.getTime());
  if (due.length === 0) return;
  for (const name of due) known.set(keyOf(name), now.getTime());
  const news = Object.fromEntries(due.map((name) => [name, now.toISOString()]));
  const asked = await attempted(() => runtime.regions.note(where, news));
  if ('failure' in asked) for (const name of due) known.delete(keyOf(name));
};

/** Notes that a region is in use, as a sweep found. */
export const noteHeld = (where: Where, runtime: Runtime): Promise<void> =>
  noteHourly(where, ['heldAt'], runtime);

/** Notes that an event came from a region; whoever calls there uses it, unless the event is of what is global. */
export const noteHeard = (where: Where, isUsed: boolean, runtime: Runtime): Promise<void> =>
  noteHourly(where, isUsed ? ['heardAt', 'heldAt'] : ['heardAt'], runtime);

/** Notes that a region answers again, if it did not. */
export const noteOpen = async (note: RegionNote, runtime: Runtime): Promise<void> => {
  answersIn(runtime.regions).delete(whereKey(note));
  if (note.closedSince === undefined) return;
  await runtime.regions.opened(note);
  await lookAtRegion(note, runtime);
};
