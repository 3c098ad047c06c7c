import type { ControlRow, Published, ResourceRow, Transition } from './row.ts';
import { transitionsWithin } from './row-size.ts';

const mostUnrecorded = 100;

/** What stands of a control until it is evaluated on a resource that is back. */
const isPlaceholder = ({ verdict, lastKnown }: ControlRow): boolean =>
  verdict.status === 'NOT_APPLICABLE' && lastKnown === undefined;

/** How it stood before, and since when; a resource that was gone was that. */
const stoodBefore = (
  before: ResourceRow | undefined,
  controlId: string,
): Pick<Transition, 'from' | 'fromSince'> => {
  const old = before?.controls[controlId];
  if (!old || isPlaceholder(old)) return {};
  if (before.goneAt !== undefined) return { from: 'GONE', fromSince: before.goneAt };
  const { status } = old.verdict;
  return { from: status, ...(old.lastKnown === status ? { fromSince: old.since } : {}) };
};

/** The turns from one row to the next, for the record of what happened. What goes, its row tells. */
export const transitionsBetween = (
  before: ResourceRow | undefined,
  after: ResourceRow,
): readonly Transition[] =>
  Object.entries(after.controls).flatMap(([controlId, row]) => {
    if (after.goneAt !== undefined || isPlaceholder(row)) return [];
    const stood = stoodBefore(before, controlId);
    const to = row.verdict.status;
    if (stood.from === to) return [];
    const { settings } = before?.controls[controlId] ?? {};
    const isMoved = settings !== undefined && row.settings !== settings;
    return [
      {
        controlId,
        ...stood,
        ...(isMoved && stood.from !== 'GONE' ? { bySettings: true as const } : {}),
        to,
        at: row.readAt,
        causes: row.causes,
      },
    ];
  });

/** Security Hub's times have four digits for the year. */
const isWritable = (stamp: Date): boolean => stamp.getUTCFullYear() <= 9999;

/** A version's stamp: the time of its read, or just after the stamp before it. */
export const nextStamp = (before: ResourceRow | undefined, readAt: string): string => {
  if (before === undefined || readAt > before.stampedAt) return readAt;
  const after = new Date(Date.parse(before.stampedAt) + 1);
  return isWritable(after) ? after.toISOString() : readAt;
};

/** The version after this one; a number that could not rise begins anew. */
export const nextVersion = (version: number): number =>
  Number.isSafeInteger(version + 1) ? version + 1 : 1;

/** Whether Security Hub, or the Remediations queue, has not been told of something that this row says. */
export const hasUnpublished = ({ controls }: ResourceRow): boolean =>
  Object.values(controls).some(
    ({ hash, published, remediation }) =>
      (hash !== undefined && hash !== published?.hash) || remediation?.state === 'wanted',
  );

/** The row with the transitions that it brought, and those that the row before still had to write. */
export const withTransitions = (before: ResourceRow | undefined, row: ResourceRow): ResourceRow => {
  const all = [...(before?.unrecorded ?? []), ...transitionsBetween(before, row)];
  if (all.length === 0) return row;
  return { ...row, unrecorded: transitionsWithin(all.slice(-mostUnrecorded)) };
};

/** What became known once a row was written, of its controls by id. */
export interface Noted {
  readonly published: Readonly<Record<string, Published>>;
  /** Those whose failure people were told of over the topic. */
  readonly notified?: readonly string[];
  /** Those of which people were told that they are hidden. */
  readonly toldHidden?: readonly string[];
  /** Those of which people were told who deployed. */
  readonly toldDeployed?: readonly string[];
}

const told = (
  id: string,
  control: ControlRow,
  { published, notified = [], toldHidden = [], toldDeployed = [] }: Noted,
): ControlRow => ({
  ...control,
  ...(published[id] ? { published: published[id] } : {}),
  ...(notified.includes(id) ? { notified: control.episodes } : {}),
  ...(control.hidden && toldHidden.includes(id)
    ? { hidden: { ...control.hidden, told: true as const } }
    : {}),
  ...(control.deployedBy && toldDeployed.includes(id)
    ? { toldDeployed: control.deployedBy.id }
    : {}),
  ...(control.remediation?.state === 'wanted'
    ? { remediation: { ...control.remediation, state: 'asked' as const } }
    : {}),
});

/** Whether a delivery that wrote this row had something to note once it was written. */
export const awaitsNote = (row: ResourceRow): boolean =>
  hasUnpublished(row) ||
  (row.unrecorded ?? []).length > 0 ||
  Object.values(row.controls).some(
    ({ hidden, published, deployedBy, toldDeployed }) =>
      (hidden !== undefined && !hidden.told) ||
      published?.unresolved ||
      (deployedBy !== undefined && deployedBy.id !== toldDeployed),
  );

/** A row with what was noted of this very version: it knows what was published of it. */
export const withNoted = ({ unrecorded: _, ...row }: ResourceRow, noted: Noted): ResourceRow => ({
  ...row,
  controls: Object.fromEntries(
    Object.entries(row.controls).map(([id, control]) => [id, told(id, control, noted)]),
  ),
});

/**
 * The next version of a row, which knows what was published of this one, that its transitions are written, and that
 * the Remediations queue has what it wanted.
 */
export const withPublished = (row: ResourceRow, noted: Noted): ResourceRow => ({
  ...withNoted(row, noted),
  version: nextVersion(row.version),
});
