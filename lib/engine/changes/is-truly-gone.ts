import type { ResourceRow } from '../posture/row.ts';
import { type Change, eventBlurMs } from './change.ts';

/** How a resource was read as not there. */
interface NotFound {
  readonly readAt: Date;
  /** Of its type. */
  readonly settlesAfterSeconds: number;
}

/** When the latest event of a kind happened, in milliseconds. */
const latest = (changes: readonly Change[], hint: NonNullable<Change['hint']>) => {
  const times = changes.flatMap((change) =>
    change.hint === hint && change.cause.kind === 'event' ? [Date.parse(change.cause.time)] : [],
  );
  return times.length > 0 ? Math.max(...times) : undefined;
};

/** Whether Plumbline knows it as there, and not since a moment ago. */
const wasThere = (
  row: ResourceRow | undefined,
  isShown: (since: number) => boolean,
): row is ResourceRow =>
  row !== undefined &&
  row.goneAt === undefined &&
  Object.values(row.controls).some(({ firstSeenAt }) => isShown(Date.parse(firstSeenAt)));

/**
 * Whether a resource that is not found is gone for good, or only not visible yet. Only what was just made is shown late: a
 * read that does not find what was there is believed, whatever told of it last, and in whatever order that came.
 */
export const isTrulyGone = (
  changes: readonly Change[],
  row: ResourceRow | undefined,
  { readAt, settlesAfterSeconds }: NotFound,
): boolean => {
  const late = Math.max(settlesAfterSeconds * 1000, eventBlurMs);
  const isShown = (since: number): boolean => since + late <= readAt.getTime();
  const [made, ended] = [latest(changes, 'created'), latest(changes, 'deleted')];
  // Of one second nobody knows which was first.
  if (made !== undefined && made >= (ended ?? 0)) return isShown(made);
  if (ended !== undefined) return true;
  const isPending = row?.settle !== undefined && Date.parse(row.settle.wantedAt) > readAt.getTime();
  if (row?.beingCreated) return !isPending;
  if (wasThere(row, isShown)) return true;
  // Nothing tells since when it should be there but its latest event.
  const events = changes.flatMap(({ cause }) => (cause.kind === 'event' ? [cause.time] : []));
  return !isPending && events.every((time) => isShown(Date.parse(time)));
};
