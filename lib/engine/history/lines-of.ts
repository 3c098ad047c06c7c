import type { Baseline } from '../baseline/baseline.ts';
import { exemptionOn } from '../baseline/exemption.ts';
import { type EventCause, ofKey } from '../changes/change.ts';
import { nameOf } from '../findings/who.ts';
import type { ControlRow, ResourceRow, Transition } from '../posture/row.ts';
import {
  type HistoryExempted,
  type HistoryState,
  type HistoryStatus,
  type HistorySubject,
  historyLine,
  reportTagsSchema,
  type Turn,
} from './line.ts';

/** The time that a file is of, ISO 8601; `to` is not in it. */
export interface Window {
  readonly from: string;
  readonly to: string;
}
/** A name that tells nobody who it is. */
export type Pseudonym = (person: string) => string;

/** What a key of the table names, with what its row adds. */
const subjectOf = (
  key: string,
  row: Pick<ResourceRow, 'arn' | 'tags' | 'reportTags'> | undefined,
  control: string,
): HistorySubject => {
  const { type, ref } = ofKey(key);
  const tags = row?.tags ?? {};
  const { data: reportTags } = reportTagsSchema.safeParse(row?.reportTags);
  return {
    ...ref,
    type,
    ...(row?.arn === undefined ? {} : { arn: row.arn }),
    control,
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
    ...(reportTags ? { reportTags } : {}),
  };
};

const causeOf = ({ from, bySettings, causes }: Transition): Turn['cause'] => {
  if (from === undefined || from === 'GONE') return 'first';
  if (bySettings) return 'baseline';
  return causes.length > 0 ? 'event' : 'found';
};

const callersOf = (
  causes: readonly EventCause[],
  pseudonym: Pseudonym,
): Pick<Turn, 'by' | 'calls' | 'calledAt'> => {
  const [first] = causes.map(({ time }) => time).toSorted();
  if (first === undefined || Number.isNaN(Date.parse(first))) return {};
  const calls = [...new Set(causes.flatMap(({ call }) => call ?? []))].sort();
  return {
    by: [...new Set(causes.map((one) => pseudonym(nameOf(one))))].sort(),
    ...(calls.length > 0 ? { calls } : {}),
    calledAt: new Date(first).toISOString(),
  };
};

/** How a control turned, as a line; `undefined` for what no release of this form wrote. */
export const turnOf = (
  key: string,
  row: ResourceRow | undefined,
  transition: Transition,
  pseudonym: Pseudonym,
): Turn | undefined => {
  const { controlId, from, fromSince, to, at, causes } = transition;
  const line = historyLine.safeParse({
    kind: 'turn',
    ...subjectOf(key, row, controlId),
    ...(from === undefined ? {} : { from }),
    ...(fromSince === undefined ? {} : { fromSince }),
    to,
    at,
    cause: causeOf(transition),
    ...callersOf(causes, pseudonym),
  });
  return line.success && line.data.kind === 'turn' ? line.data : undefined;
};

const knownOf = ({ lastKnown, since }: ControlRow) =>
  lastKnown === undefined ? undefined : { status: lastKnown, since };

/** A row does not say when it was written: what was read shortly before a file's time can be missing in the file before. */
const isOfWindow = (at: string | undefined, { from, to }: Window): boolean =>
  at !== undefined && at >= new Date(Date.parse(from) - 86_400_000).toISOString() && at < to;

/** What went in the time of a file, or shortly before: whoever reads takes it once. */
export const goneOf = (key: string, row: ResourceRow, window: Window): readonly Turn[] => {
  const { goneAt } = row;
  if (goneAt === undefined || !isOfWindow(goneAt, window)) return [];
  return Object.entries(row.controls).map(([control, found]): Turn => {
    const known = knownOf(found);
    return {
      kind: 'turn',
      ...subjectOf(key, row, control),
      ...(known ? { from: known.status, fromSince: known.since } : {}),
      to: 'GONE',
      at: goneAt,
      cause: 'gone',
    };
  });
};

/** How each control stands on a resource, so that what never turns is known: the last that was known, and what is not now. */
export const statesOf = (key: string, row: ResourceRow): readonly HistoryState[] => {
  if (row.goneAt !== undefined) return [];
  return Object.entries(row.controls).flatMap(([control, found]) => {
    const line = (status: HistoryStatus, since: string): HistoryState => ({
      kind: 'state',
      ...subjectOf(key, row, control),
      status,
      since,
    });
    const known = knownOf(found);
    const isUnknown = found.verdict.status === 'UNKNOWN';
    return [
      ...(known ? [line(known.status, known.since)] : []),
      ...(isUnknown ? [line('UNKNOWN', found.readAt)] : []),
    ];
  });
};

/** The same of a resource whose tags for reports are others since the time of a file: those since last count. */
export const retaggedOf = (
  key: string,
  row: ResourceRow,
  window: Window,
): readonly HistoryState[] => (isOfWindow(row.reportTags?.since, window) ? statesOf(key, row) : []);

/** How it stands where what is kept of a resource is no row: since the beginning of the file's time nobody knows. */
export const unreadOf = (
  key: string,
  controls: readonly string[],
  { from: since }: Window,
): readonly HistoryState[] =>
  controls.map((control) => ({
    kind: 'state',
    ...subjectOf(key, undefined, control),
    status: 'UNKNOWN',
    since,
  }));

/** Failures of a resource that somebody answers for, in the time of a file. */
export const exemptedOf = (
  key: string,
  row: ResourceRow,
  baseline: Pick<Baseline, 'controls' | 'exemptions'>,
  { from, to }: Window,
): readonly HistoryExempted[] => {
  if (row.goneAt !== undefined) return [];
  return Object.entries(row.controls).flatMap(([control, { verdict }]) => {
    if (verdict.status !== 'FAIL' || !Object.hasOwn(baseline.controls, control)) return [];
    const arn = row.arn ?? row.ref.id;
    const subject = { controlId: control, arn, id: row.ref.id };
    const exemption = exemptionOn(row, baseline, subject, new Date(from));
    if (!exemption) return [];
    const { owner, reason, expires, isOwn } = exemption;
    return [
      {
        kind: 'exempted',
        ...subjectOf(key, row, control),
        from,
        to,
        owner,
        reason,
        expires,
        ...(isOwn ? { isOwn } : {}),
      },
    ];
  });
};
