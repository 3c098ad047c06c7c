import { isFuture, mostAheadMs } from '../changes/bounds.ts';
import { latestOf } from './next-control-row.ts';
import type { ControlRow, ResourceRow } from './row.ts';

/** In place of a time that cannot be: any read is later. */
const never = new Date(0).toISOString();
/** How far ahead a pending settle can be: the longest that a message is held back, and that a type takes to settle. */
const mostDelayMs = 15 * 60_000 + mostAheadMs;
const mostSettleMs = 86_400_000;

/** Times are compared as texts, so that one in another form could be later than any. */
const isTime = (time: string): boolean =>
  !Number.isNaN(Date.parse(time)) && new Date(time).toISOString() === time;

const hasBeen = (time: string | undefined, now: Date): boolean =>
  time === undefined || (isTime(time) && !isFuture(time, now));

const plausibleControl = (row: ControlRow, now: Date): ControlRow => {
  const { lastPassAt, lastActionAt, lastAction, knownAt, drifts, ...kept } = row;
  return {
    ...kept,
    readAt: hasBeen(row.readAt, now) ? row.readAt : never,
    since: hasBeen(row.since, now) ? row.since : never,
    firstSeenAt: hasBeen(row.firstSeenAt, now) ? row.firstSeenAt : never,
    causes: row.causes.filter(({ time }) => hasBeen(time, now)),
    ...(knownAt !== undefined && hasBeen(knownAt, now) ? { knownAt } : {}),
    ...(lastPassAt !== undefined && hasBeen(lastPassAt, now) ? { lastPassAt } : {}),
    ...(lastAction === undefined ? {} : { lastAction }),
    ...(lastActionAt !== undefined && hasBeen(lastActionAt, now) ? { lastActionAt } : {}),
    ...(drifts ? { drifts: drifts.filter((time) => hasBeen(time, now)) } : {}),
  };
};

const isWithin = (time: string, milliseconds: number, now: Date): boolean =>
  hasBeen(time, new Date(now.getTime() + milliseconds));

/** Security Hub takes nothing that is not later than what it was told last, so that is the least. */
const stampOf = ({ stampedAt, controls }: ResourceRow, now: Date): string => {
  if (hasBeen(stampedAt, now)) return stampedAt;
  const told = Object.values(controls).map(({ published }) => published?.updatedAt);
  return latestOf(...told.filter((time) => time !== undefined && isTime(time))) ?? never;
};

/**
 * A row without what cannot have been: whatever claims to be from the future would win over every read for ever. What
 * it says of the past stays; the next read overtakes it.
 */
export const plausibleRow = (row: ResourceRow, now: Date): ResourceRow => {
  const { settle, goneAt, lastEventAt, awaits, reachability, reportTags, ...kept } = row;
  const isPending =
    settle !== undefined &&
    isWithin(settle.arrivesAt, mostDelayMs, now) &&
    isWithin(settle.wantedAt, mostSettleMs, now);
  const open = awaits?.filter(({ since }) => hasBeen(since, now)) ?? [];
  return {
    ...kept,
    readAt: hasBeen(row.readAt, now) ? row.readAt : never,
    stampedAt: stampOf(row, now),
    controls: Object.fromEntries(
      Object.entries(row.controls).map(([id, control]) => [id, plausibleControl(control, now)]),
    ),
    ...(reachability && hasBeen(reachability.readAt, now) ? { reachability } : {}),
    ...(reportTags && hasBeen(reportTags.since, now) ? { reportTags } : {}),
    ...(isPending ? { settle } : {}),
    ...(open.length > 0 ? { awaits: open } : {}),
    ...(lastEventAt !== undefined && hasBeen(lastEventAt, now) ? { lastEventAt } : {}),
    ...(goneAt !== undefined && hasBeen(goneAt, now) ? { goneAt } : {}),
  };
};
