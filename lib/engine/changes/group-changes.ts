import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { reachableFacet } from '../../model/ways-in.ts';
import { affectedBy } from '../evaluation/evaluate.ts';
import { isDeploymentUnknownTo } from '../posture/deployed-by.ts';
import type { Awaited, ControlRow, ResourceRow } from '../posture/row.ts';
import { hasUnpublished } from '../posture/row-version.ts';
import { isKnownTo } from '../posture/suspects.ts';
import type { Change, EventCause } from './change.ts';
import { eventBlurMs, keyOf, union } from './change.ts';

/** The changes of one batch that name one resource. */
export interface Group {
  readonly key: string;
  readonly changes: readonly Change[];
}

export const grouped = (changes: readonly Change[]): readonly Group[] => {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = keyOf(change);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups].map(([key, members]) => ({ key, changes: members }));
};

export const eventsIn = (changes: readonly Change[]): readonly EventCause[] =>
  changes.flatMap(({ cause }) => (cause.kind === 'event' ? [cause] : []));

/** Actions that were carried out and whose verdict is awaited. */
export const awaitedIn = (changes: readonly Change[]): readonly Awaited[] =>
  changes.flatMap(({ cause }) =>
    cause.kind === 'verify' ? [{ action: cause.action, since: cause.at }] : [],
  );
export const verifiesIn = (changes: readonly Change[]): readonly string[] =>
  awaitedIn(changes).map(({ since }) => since);

/** The facets that a group's changes can have changed, with those that a pending settle waits for; all, where no row is known. */
export const facetsIn = (
  changes: readonly Change[],
  row: ResourceRow | undefined,
): readonly string[] | 'all' =>
  row?.isUnreadable
    ? 'all'
    : changes
        .map(({ facets, cause }) =>
          cause.kind === 'settle' ? union(facets, row?.settle?.facets ?? []) : facets,
        )
        .reduce(union, []);

/** The events on the facets that a control needs. */
export const causesOf = (control: Control, changes: readonly Change[]): readonly EventCause[] =>
  eventsIn(changes.filter(({ facets }) => affectedBy([control], facets).length > 0));

/** Whether a way to the resource can have been opened or closed. */
export const isOfWays = (facets: readonly string[] | 'all'): boolean =>
  facets !== 'all' && facets.includes(reachableFacet);

/** Somebody whom a FAIL does not name yet. */
const isNews = (row: ControlRow, cause: EventCause): boolean =>
  row.lastKnown === 'FAIL' && !isKnownTo(row, cause);

/**
 * Whether a change tells nothing new: everything it can have turned was read after it had settled, Security Hub
 * knows of it, and no FAIL lacks its actor. So CloudTrail, Config and duplicates join to one read.
 */
export const isSettled = (
  change: Change,
  row: ResourceRow | undefined,
  type: AnyResourceType,
  enabled: readonly Control[],
): boolean => {
  const { cause } = change;
  if (cause.kind !== 'event' || row === undefined || hasUnpublished(row)) return false;
  const settledAt = new Date(
    Date.parse(cause.time) + Math.max(type.live.settlesAfterSeconds * 1000, eventBlurMs),
  ).toISOString();
  if (row.goneAt !== undefined) return row.goneAt >= settledAt;
  if (isOfWays(change.facets) && (row.reachability?.readAt ?? '') < settledAt) return false;
  return affectedBy(enabled, change.facets).every(({ id, deployment }) => {
    const found = row.controls[id];
    return (
      found !== undefined &&
      found.readAt >= settledAt &&
      !isNews(found, cause) &&
      !isDeploymentUnknownTo(found, deployment, cause)
    );
  });
};
