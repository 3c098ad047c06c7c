import { createHash } from 'node:crypto';
import { type EventCause, union } from '../changes/change.ts';
import type { ControlRow } from './row.ts';

const mostFurther = 50;
const mostSince = 5;

/** What the suspects of a verdict are taken from: whatever is known of the events, in whatever order they came. */
export interface Window {
  /** Milliseconds: what happened before is proven innocent by the last PASS. */
  readonly from: number;
  /** When the FAIL had been read; what happened after did not bring it about. Absent while it does not fail. */
  readonly until?: string | undefined;
  /** Milliseconds: by when a call that showed before it was completed says so. Absent where nothing is seen to have turned. */
  readonly completedBy?: number | undefined;
  /** The facets that the FAIL shows in another state than the last PASS. */
  readonly turnedOn?: readonly string[] | undefined;
  /** The resource's own policy keeps from us what the verdict is about. */
  readonly isHidden?: boolean;
}
export type Suspects = Pick<ControlRow, 'causes' | 'furtherCauses' | 'changedSince' | 'unproven'>;

const inOrder = (a: EventCause, b: EventCause): number =>
  a.time.localeCompare(b.time) || a.id.localeCompare(b.id);

/** One that is told twice is one; that it names the resource outweighs that it also reached it with others. */
const pooled = (events: readonly EventCause[]): readonly EventCause[] => {
  const known = new Map<string, EventCause>();
  for (const event of events) {
    const before = known.get(event.id);
    if (before === undefined || (before.reach && event.reach === undefined)) {
      known.set(event.id, event);
    } else if (before.reach && event.reach && before.hides !== event.hides) {
      // What it may have changed outweighs whom it may have shut out.
      known.set(event.id, before.hides ? event : before);
    } else if (before.reach && event.reach) {
      known.set(event.id, { ...event, reach: union(before.reach, event.reach) });
    } else if (event.reach === undefined) known.set(event.id, event);
  }
  return [...known.values()].toSorted(inOrder);
};

/** Whether what an event can have changed is what differs between PASS and FAIL. */
const isShown = (
  { reach, hides }: Pick<EventCause, 'reach' | 'hides'>,
  { turnedOn, isHidden = false }: Pick<Window, 'turnedOn' | 'isHidden'>,
): boolean => {
  if (reach === undefined) return true;
  if (hides) return isHidden;
  return (turnedOn ?? []).some((facet) => reach === 'all' || reach.includes(facet));
};

/** Who called, whatever sessions they open: their names are the caller's to choose. */
const principalOf = ({ issuer, by, principal, account, identity }: EventCause): string =>
  issuer ?? by ?? principal ?? account ?? identity ?? '';
const callOf = (event: EventCause): string => `${event.by ?? principalOf(event)} ${event.call}`;

/** The first event of each key, by time. */
const firstOfEach = (
  events: readonly EventCause[],
  keyOf: (event: EventCause) => string,
): readonly EventCause[] => {
  const firsts = new Map<string, EventCause>();
  for (const event of events) if (!firsts.has(keyOf(event))) firsts.set(keyOf(event), event);
  return [...firsts.values()];
};

/**
 * The first of them, so that nobody washes out who was there before; of each principal one, so that nobody hides
 * behind the many calls of another.
 */
const firstOf = (events: readonly EventCause[]): readonly EventCause[] => [
  ...firstOfEach(events, principalOf).slice(0, 6),
  ...firstOfEach(events, callOf).slice(0, 5),
];

/** While it passes, the window moves on: the latest of each stay suspects longest. */
const recentOf = (events: readonly EventCause[]): readonly EventCause[] => {
  const latestFirst = events.toReversed();
  return [
    ...firstOfEach(latestFirst, principalOf).slice(0, 6),
    ...firstOfEach(latestFirst, callOf).slice(0, 6),
    ...firstOf(events).slice(0, 6),
  ];
};

/** Of each principal, and of each of its calls, the latest: nobody is washed out by the many calls of another. */
const latestOf = (events: readonly EventCause[]): readonly EventCause[] => {
  const latestFirst = events.toReversed();
  return [
    ...firstOfEach(latestFirst, principalOf).slice(0, mostSince),
    ...firstOfEach(latestFirst, callOf).slice(0, mostSince),
  ];
};

/** What is left of those who are only counted: enough to count a caller's same call once. */
const traceOf = (event: EventCause): string =>
  createHash('sha256').update(callOf(event)).digest('hex').slice(0, 8);

const furtherOf = (
  events: readonly EventCause[],
  kept: ReadonlySet<EventCause>,
  before: readonly string[],
): readonly string[] => {
  const listed = new Set([...kept].map(traceOf));
  const all = new Set([...before, ...events.map(traceOf)]);
  return [...all]
    .filter((trace) => !listed.has(trace))
    .toSorted()
    .slice(0, mostFurther);
};

/**
 * "The date and time the request was completed": what a call did shows before, and who reads just then reads it ahead of its time.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const mostCompletingMs = 5000;

/**
 * By when a call that brought a FAIL about was completed, whoever read it first; `undefined` where the FAIL may have been
 * there all along, and who touches it just then is nobody to name.
 */
export const completedBy = ({
  failedBy,
  turnedOn = [],
  began,
}: Pick<ControlRow, 'failedBy' | 'turnedOn' | 'began'>): number | undefined =>
  failedBy !== undefined && (turnedOn.length > 0 || began === 'created')
    ? Date.parse(failedBy) + mostCompletingMs
    : undefined;

/** Whether somebody named the resource by a call that was completed just after it had been read as failing. */
const isLate = (
  { time, reach }: EventCause,
  { until, completedBy: end }: Pick<Window, 'until' | 'completedBy'>,
): boolean =>
  reach === undefined &&
  until !== undefined &&
  end !== undefined &&
  time > until &&
  Date.parse(time) <= end;

/**
 * The events of a pool that can have brought about a verdict, nameless ones among them. Where there is none that names the
 * resource or whose effect is shown, it is who was about to be done when it was read.
 */
export const suspectsIn = (
  events: readonly EventCause[],
  window: Window,
): readonly EventCause[] => {
  const { from, until } = window;
  const able = pooled(events).filter(
    (event) => Date.parse(event.time) >= from && isShown(event, window),
  );
  const inTime = able.filter(({ time }) => until === undefined || time <= until);
  const late = able.filter((event) => isLate(event, window));
  if (late.length > 0 && inTime.every(({ vague }) => vague)) return late;
  const isNamed = inTime.some(({ reach }) => reach === undefined);
  return isNamed ? inTime.filter(({ vague }) => !vague) : inTime;
};

/**
 * What is kept of the suspects: those whose event names the resource, or whose effect on it is shown, and who can have
 * acted between the last PASS and the FAIL. The result does not depend on the order in which the events came.
 */
export const suspectsOf = (
  before: Partial<Suspects> | undefined,
  events: readonly EventCause[],
  window: Window,
): Suspects => {
  const { causes = [], furtherCauses = [], changedSince = [], unproven = [] } = before ?? {};
  // AWS Config and the services tell that something changed, not who changed it.
  const told = events.filter(({ via }) => via === 'cloudtrail');
  const pool = pooled([...causes, ...changedSince, ...unproven, ...told]);
  const suspected = suspectsIn(pool, window);
  const kept = new Set(window.until === undefined ? recentOf(suspected) : firstOf(suspected));
  const { until, isHidden } = window;
  const further = until === undefined ? [] : furtherOf(suspected, kept, furtherCauses);
  const since = pool.filter(
    (event) =>
      until &&
      event.time > until &&
      !suspected.includes(event) &&
      (event.reach === undefined || (event.hides && isHidden)),
  );
  // Whether it had an effect is known when it fails; whether it hides what fails already, with the next read.
  const open = pool.filter(
    ({ time, reach, hides }) =>
      reach && (until === undefined || (hides && !isHidden)) && Date.parse(time) >= window.from,
  );
  return {
    causes: [...kept].toSorted(inOrder),
    ...(further.length > 0 ? { furtherCauses: further } : {}),
    ...(since.length > 0 ? { changedSince: [...new Set(latestOf(since))].toSorted(inOrder) } : {}),
    ...(open.length > 0 ? { unproven: [...new Set(recentOf(open))].toSorted(inOrder) } : {}),
  };
};

/** Everybody whom a row knows to have changed the resource, before it failed and after. */
export const actorsIn = (row: ControlRow | undefined): readonly EventCause[] => [
  ...(row?.causes ?? []),
  ...(row?.changedSince ?? []),
];

/** Whether a FAIL of which nobody else is suspected is to name who was about to be done when it was read. */
const isWanted = (row: ControlRow, event: EventCause): boolean => {
  const until = { until: row.failedBy, completedBy: completedBy(row) };
  return isLate(event, until) && row.causes.every((one) => one.vague || isLate(one, until));
};

/** Whether a FAIL knows of an event, or it is none that the FAIL would say. */
export const isKnownTo = (row: ControlRow, event: EventCause): boolean => {
  const known = actorsIn(row);
  return (
    event.via !== 'cloudtrail' ||
    !isShown(event, { turnedOn: row.turnedOn, isHidden: row.hidden !== undefined }) ||
    (event.vague === true && row.causes.some(({ reach }) => reach === undefined)) ||
    known.some(({ id }) => id === event.id) ||
    // The first of a caller's same calls stands for them, and once it fails the latest.
    row.causes.some((one) => callOf(one) === callOf(event) && one.time <= event.time) ||
    (row.failedBy !== undefined &&
      event.time > row.failedBy &&
      !isWanted(row, event) &&
      (row.changedSince ?? []).some(
        (one) => callOf(one) === callOf(event) && one.time >= event.time,
      )) ||
    (row.furtherCauses ?? []).includes(traceOf(event))
  );
};
