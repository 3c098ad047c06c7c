import type { Ref } from '../../model/resource-type.ts';
import type { EventCause } from '../changes/change.ts';
import type { ControlEvaluation } from '../evaluation/control-evaluation.ts';
import type { Settling } from '../evaluation/settle.ts';
import type { Action } from '../remediation/action.ts';
import type { Planned } from '../remediation/planning.ts';
import { isLaterAction } from './drift.ts';
import { latestOf, nextControlRow } from './next-control-row.ts';
import { nextReportTags, type TagValues } from './report-tags.ts';
import type { Awaited, ControlRow, HostSystem, PendingSettle, ResourceRow } from './row.ts';
import { rowWithin } from './row-size.ts';
import { nextStamp, nextVersion } from './row-version.ts';

/** What one delivery found out about one resource. */
export interface Found {
  readonly key: string;
  readonly type: string;
  readonly ref: Ref;
  readonly settlesAfterSeconds: number;
  readonly evaluated: readonly ControlEvaluation[];
  /** When the resource was read as gone. */
  readonly goneAt?: Date;
  readonly events: readonly EventCause[];
  readonly arn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Those that the baseline has kept for reports; empty where they could not be read, absent where it names none. */
  readonly reportTags?: TagValues;
  /** The tags by which controllers mark what they own; absent where tags were not read. */
  readonly controllerTags?: readonly string[];
  readonly system?: HostSystem;
  /** As it was read now. @default - it was not read */
  readonly reachability?: NonNullable<ResourceRow['reachability']>;
  /** The pending settle as it now is; `undefined` where there is none. */
  readonly settle: PendingSettle | undefined;
  /** What that was decided by; host results have nothing to settle. */
  readonly settling?: Settling;
  /** What would be done about each control that failed. */
  readonly plans?: ReadonlyMap<string, Planned>;
  /** Actions whose verdict is awaited from now on, or still. */
  readonly awaits?: readonly Awaited[];
  /** Those of them whose outcome this verdict may say. */
  readonly toConclude?: readonly string[];
  /** Actions whose outcome has been said. */
  readonly concluded?: readonly Pick<Action, 'id' | 'controls' | 'startedAt'>[];
}

const awaited = (before: ResourceRow | undefined, { awaits = [], concluded = [] }: Found) => {
  const all = [...(before?.awaits ?? []), ...awaits];
  const latest = new Map(all.map((one) => [one.action, one]));
  const open = [...latest.values()].filter(
    ({ action }) => !concluded.some(({ id }) => id === action),
  );
  return open.length > 0 ? { awaits: open } : {};
};

const mostControllerTags = 10;

/** Since when each is known: one that was taken off and comes back is new. */
const controllerTagsOf = (
  before: ResourceRow | undefined,
  { controllerTags: now }: Found,
  readAt: string,
) => {
  const known = before?.goneAt === undefined ? (before?.controllerTags ?? {}) : {};
  const keys = now ?? Object.keys(known);
  const since = keys.map((key) => [key, known[key] ?? readAt] as const);
  const first = since.toSorted(([, a], [, b]) => a.localeCompare(b)).slice(0, mostControllerTags);
  return first.length > 0 ? { controllerTags: Object.fromEntries(first) } : {};
};

/** What was evaluated without them leaves nothing of them: the baseline names none any more. */
const reportTagsOf = (
  before: ResourceRow | undefined,
  { reportTags: now, evaluated }: Found,
  readAt: string,
): Pick<ResourceRow, 'reportTags'> => {
  const known = before?.goneAt === undefined ? before?.reportTags : undefined;
  if (now) return { reportTags: nextReportTags(known, now, readAt) };
  return known && evaluated.length === 0 ? { reportTags: known } : {};
};

/** A control of a resource that was gone and is back: a new resource, of which only the publishing goes on. */
const reborn = ({
  lastKnown,
  lastPassAt,
  remediation,
  furtherCauses,
  changedSince,
  unproven,
  seen,
  turnedOn,
  failedBy,
  suspectsSince,
  hidden,
  denied,
  ...row
}: ControlRow): ControlRow => ({
  ...row,
  verdict: { status: 'NOT_APPLICABLE', reason: 'not evaluated since the resource came back' },
  causes: [],
});

/** Kept while anything fails, and the latest that was read. */
const reachabilityOf = (
  before: ResourceRow | undefined,
  { reachability: read }: Found,
  controls: ResourceRow['controls'],
): Pick<ResourceRow, 'reachability'> => {
  const known = before?.goneAt === undefined ? before?.reachability : undefined;
  const latest = read && read.readAt >= (known?.readAt ?? '') ? read : known;
  const isFailing = Object.values(controls).some(({ lastKnown }) => lastKnown === 'FAIL');
  return latest && isFailing ? { reachability: latest } : {};
};

const controlsBefore = (before: ResourceRow | undefined): Readonly<Record<string, ControlRow>> => {
  if (!before) return {};
  if (before.goneAt === undefined) return before.controls;
  return Object.fromEntries(Object.entries(before.controls).map(([id, row]) => [id, reborn(row)]));
};

/** The row after a delivery; `undefined` where there is nothing to keep. */
export const nextRow = (before: ResourceRow | undefined, found: Found): ResourceRow | undefined => {
  const { goneAt, evaluated, events } = found;
  if (goneAt) return goneRow(before, found, goneAt.toISOString());
  const reads = evaluated.map(({ readAt }) => readAt.toISOString());
  const isBack = before?.goneAt !== undefined && reads.some((at) => at > (before.goneAt ?? ''));
  if (before?.goneAt !== undefined && !isBack) return before;
  const readAt = latestOf(before?.readAt, ...reads);
  if (readAt === undefined) return before;
  const controls = { ...controlsBefore(before) };
  for (const one of evaluated) {
    controls[one.control.id] = nextControlRow(
      controls[one.control.id],
      one,
      found.settlesAfterSeconds,
    );
  }
  for (const action of found.concluded ?? []) {
    for (const control of action.controls) {
      const row = controls[control];
      if (!row || !isLaterAction(row, action)) continue;
      controls[control] = { ...row, lastAction: action.id, lastActionAt: action.startedAt };
    }
  }
  const isNew = before?.beingCreated === true || evaluated.some(({ isCreated }) => isCreated);
  const arn = found.arn ?? before?.arn;
  const system = found.system ?? before?.system;
  const lastEventAt = latestOf(before?.lastEventAt, ...events.map(({ time }) => time));
  return rowWithin({
    type: found.type,
    ref: found.ref,
    version: nextVersion(before?.version ?? 0),
    readAt,
    stampedAt: nextStamp(before, readAt),
    ...(arn === undefined ? {} : { arn }),
    tags: found.tags ?? before?.tags ?? {},
    ...reportTagsOf(before, found, readAt),
    ...controllerTagsOf(before, found, readAt),
    ...(system === undefined ? {} : { system }),
    controls,
    ...reachabilityOf(before, found, controls),
    ...(found.settle === undefined ? {} : { settle: found.settle }),
    ...(isNew && found.settle !== undefined ? { beingCreated: true as const } : {}),
    ...(lastEventAt === undefined ? {} : { lastEventAt }),
    ...awaited(before, found),
    ...(before?.exemptions && before.goneAt === undefined ? { exemptions: before.exemptions } : {}),
  });
};

const goneRow = (
  before: ResourceRow | undefined,
  found: Found,
  goneAt: string,
): ResourceRow | undefined => {
  if (!before || before.readAt > goneAt) return before;
  const { settle, beingCreated, unrecorded, awaits, exemptions, isUnreadable, ...kept } = before;
  const lastEventAt = latestOf(before.lastEventAt, ...found.events.map(({ time }) => time));
  return {
    ...kept,
    version: nextVersion(before.version),
    readAt: goneAt,
    stampedAt: nextStamp(before, goneAt),
    goneAt: before.goneAt ?? goneAt,
    ...(lastEventAt === undefined ? {} : { lastEventAt }),
    ...awaited(before, found),
  };
};
