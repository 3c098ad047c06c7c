import { isNotEntered } from '../../aws/entry.ts';
import { attempted } from '../../aws/errors.ts';
import type { RegionNote } from '../../aws/stores/regions.ts';
import {
  type Cause,
  keyOf,
  type PlaceSweep,
  type TypeChange,
  whereKey,
} from '../../engine/changes/change.ts';
import { governedOf, homeOf, placesIn } from '../../engine/changes/place.ts';
import { sweepOf } from '../../engine/changes/triggered.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { AnyResourceType, Where } from '../../model/resource-type.ts';
import { cloudTrailRegion } from '../../resources/account/cloudtrail-region.ts';
import { ears } from '../../resources/account/ears.ts';
import { memberAccount } from '../../resources/account/member.ts';
import { hasInterfaces } from '../../resources/account/probes.ts';
import { lookAtEntry, runtimeAt } from '../runtime/away.ts';
import { isClosed, isHub, noteOpen, timeOf } from '../runtime/closed-region.ts';
import { enabledOn, type Runtime } from '../runtime/runtime.ts';

// A region of an account that holds something is listed each day; one that is empty each week, since whatever is made
// there is heard, and one call a day tells whether it can be reached. Where Plumbline does not hear, it is listed each day.

const dayMs = 86_400_000;
/** A tick comes every quarter of an hour, and a queue takes its time: a day is over a little sooner. */
const slackMs = 3_600_000;
const emptyMs = 7 * dayMs - slackMs;
/** What held something at the last listing may have held it until now. */
const heldMs = 2 * dayMs + slackMs;
const earsMs = 8 * 3_600_000;
/** A region that is closed is asked again. */
const closedMs = 3_600_000 - 60_000;

/** Regions of accounts are swept one after the other, so that what they bring does not come at once. */
const secondsBetweenPlaces = 30;
/** The longest that SQS holds a message back. */
const mostDelaySeconds = 900;

export const placeSweepOf = ({ account, region }: Where): PlaceSweep => ({
  version: 1,
  sweep: 'place',
  account,
  region,
});

export const isPlaceSweep = (step: PlaceSweep | TypeChange): step is PlaceSweep =>
  step.sweep === 'place';

/**
 * Each governed region of each account, by its own message: what fails in one stops no other.
 * @param account that one alone
 */
export const beginPlaces = async (runtime: Runtime, account?: string): Promise<number> => {
  const places = governedOf(runtime.place).filter(
    (where) => account === undefined || where.account === account,
  );
  const between = runtime.settlesAfterSeconds === undefined ? secondsBetweenPlaces : 0;
  const delays = new Map<number, PlaceSweep[]>();
  for (const [index, where] of places.entries()) {
    const delay = (index * between) % (mostDelaySeconds + 1);
    delays.set(delay, [...(delays.get(delay) ?? []), placeSweepOf(where)]);
  }
  for (const [delay, sweeps] of delays) await runtime.queues.sweepPlaces(sweeps, delay);
  return places.length;
};

/** Has regions asked again that were closed. */
export const askClosedAgain = async (runtime: Runtime): Promise<void> => {
  const now = runtime.clock();
  const asked = closedAsked.get(runtime.regions) ?? 0;
  if (asked + closedMs > now.getTime()) return;
  closedAsked.set(runtime.regions, now.getTime());
  const closed = (await runtime.regions.all()).filter(
    ({ closedSince }) => closedSince !== undefined,
  );
  const governed = new Set(governedOf(runtime.place).map(whereKey));
  await runtime.queues.sweepPlaces(
    closed.filter((where) => governed.has(whereKey(where))).map(placeSweepOf),
  );
};
const closedAsked = new WeakMap<Runtime['regions'], number>();

const isAboutHearing = (control: string): boolean => /^PL\.(BLIND|ACCOUNT)\./.test(control);

const isFailing = ({ controls }: ResourceRow): boolean =>
  Object.entries(controls).some(
    ([id, { verdict }]) => isAboutHearing(id) && ['FAIL', 'UNKNOWN'].includes(verdict.status),
  );

/** Whether how well there is heard turned, or was changed, since a moment: until then not all may have been heard. */
const hasTurned = (row: ResourceRow, since: number): boolean => {
  const turns = Object.entries(row.controls)
    .filter(([id]) => isAboutHearing(id))
    .map(([, control]) => control.since);
  return [row.lastEventAt, ...turns].some((at) => at !== undefined && Date.parse(at) > since);
};

/**
 * Whether Plumbline knows that it does not hear all there, or did not at some time since all was listed last: no trail,
 * no ears, or an account that does not let us in.
 */
const wasDeaf = async (
  { account, region }: Where,
  sweptAt: number,
  { place, posture }: Runtime,
): Promise<boolean> => {
  const ref = { account, region, id: region };
  const rows = await posture.read([
    keyOf({ type: ears.type, ref }),
    keyOf({ type: cloudTrailRegion.type, ref }),
    keyOf({ type: memberAccount.type, ref: { ...homeOf(place), id: account } }),
  ]);
  return [...rows.values()].some(
    (row) => row.isUnreadable === true || isFailing(row) || hasTurned(row, sweptAt),
  );
};

/**
 * Whether the ears of a region were looked at lately: their row is due every four hours, and a listing would look once more.
 * Where that has failed for twice as long, a listing does it.
 */
const areEarsLookedAt = async (
  { account, region }: Where,
  { posture, clock }: Runtime,
): Promise<boolean> => {
  const key = keyOf({ type: ears.type, ref: { account, region, id: region } });
  const row = (await posture.read([key])).get(key);
  const now = clock();
  const readAt = row?.goneAt === undefined ? timeOf(row?.readAt, now) : undefined;
  return readAt !== undefined && readAt + earsMs > now.getTime();
};

/** What is listed of a region: all, or what matters in one that has no network interface and held nothing lately. */
type Extent = 'all' | 'without interfaces' | 'nothing';

/** How much of a region is listed now. */
const extentOf = async (
  note: RegionNote,
  asked: Awaited<ReturnType<typeof ask>>,
  runtime: Runtime,
): Promise<Extent> => {
  const now = runtime.clock();
  const [sweptAt, heldAt] = [timeOf(note.sweptAt, now), timeOf(note.heldAt, now)];
  const isHeld = heldAt !== undefined && heldAt + heldMs > now.getTime();
  if (isHub(note, runtime) || note.closedSince !== undefined || isHeld) return 'all';
  // Something can be reached there, or may be.
  if (asked !== 'empty') return 'all';
  if (sweptAt === undefined || sweptAt + emptyMs <= now.getTime()) return 'without interfaces';
  return (await wasDeaf(note, sweptAt, runtime)) ? 'without interfaces' : 'nothing';
};

/** One call; two more where it is refused. What is not answered says nothing of what there is. */
const ask = async (where: Where, runtime: Runtime): Promise<'closed' | 'empty' | 'unknown'> => {
  if (isHub(where, runtime)) return 'unknown';
  const reader = runtime.reader(where);
  const asked = await attempted(() => hasInterfaces(reader));
  if ('value' in asked) return asked.value ? 'unknown' : 'empty';
  if (isNotEntered(asked.failure)) throw asked.failure;
  return (await isClosed(where, reader, runtime)) ? 'closed' : 'unknown';
};

const sweepCause: Cause = { kind: 'sweep' };

const isEvaluatedIn = (
  type: AnyResourceType,
  { account, region }: Where,
  { place }: Runtime,
): boolean => placesIn(type, account, place).some((one) => one.region === region);

const sweepsIn = async (
  where: Where,
  runtime: Runtime,
  isWanted: (type: AnyResourceType) => boolean,
) => {
  const there = runtimeAt(where, runtime);
  const wanted = (await runtime.types.all()).filter(
    (one) => isWanted(one) && isEvaluatedIn(one, where, runtime),
  );
  const types: AnyResourceType[] = [];
  for (const type of wanted) if ((await enabledOn(type, there)).length > 0) types.push(type);
  // What is part of something else is listed when that was found.
  const isListedLater = ({ live }: AnyResourceType) =>
    types.some(({ type }) => type === live.list.partOf);
  return types
    .filter((type) => !isListedLater(type))
    .map((type) => sweepOf(type, 'all', where, sweepCause));
};

/**
 * Sweeps one region of an account: what an account has once always, all else where there is a reason.
 * @returns how many types are listed
 */
export const sweepPlace = async (
  { account, region }: PlaceSweep,
  runtime: Runtime,
): Promise<number> => {
  const where = { account, region };
  const asked = await attempted(() => ask(where, runtime));
  if ('failure' in asked) {
    if (!isNotEntered(asked.failure)) throw asked.failure;
    await lookAtEntry(account, runtime);
    return 0;
  }
  const once = await sweepsIn(where, runtime, ({ scope }) => scope !== 'regional');
  if (asked.value === 'closed') {
    await runtime.queues.sweepTypes(once);
    return once.length;
  }
  const note = await runtime.regions.read(where);
  const extent = await extentOf(note, asked.value, runtime);
  const isListed = extent !== 'nothing';
  await noteOpen(note, runtime);
  const isLookedAt = isListed && (await areEarsLookedAt(where, runtime));
  const regional = isListed
    ? await sweepsIn(
        where,
        runtime,
        ({ scope, type, live }) =>
          scope === 'regional' &&
          !(isLookedAt && type === ears.type) &&
          (extent === 'all' || !(live.list.hasInterface || live.list.leadsToOthers)),
      )
    : [];
  await runtime.queues.sweepTypes([...once, ...regional]);
  // Noted before, a listing that was never sent would count as made.
  if (isListed) await runtime.regions.note(where, { sweptAt: runtime.clock().toISOString() });
  return once.length + regional.length;
};
