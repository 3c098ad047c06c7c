import type { BatchReader } from '../../aws/reader.ts';
import type { Entry, Concluded as Said } from '../../aws/stores/ledger.ts';
import type { EventCause } from '../../engine/changes/change.ts';
import type { Judged } from '../../engine/evaluation/control-evaluation.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { Awaited, ResourceRow } from '../../engine/posture/row.ts';
import { actorsIn } from '../../engine/posture/suspects.ts';
import { type Action, isConcluded } from '../../engine/remediation/action.ts';
import { actionNote, noticeOf } from '../../engine/remediation/notification.ts';
import { otherActorsAmong, otherActorsText } from '../../engine/remediation/other-actors.ts';
import {
  type Conclusion,
  conclusionOf,
  differences,
  imageOf,
  mostAwaitedHours,
} from '../../engine/remediation/outcome.ts';
import type { Verdict } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { noteOn } from '../runtime/note.ts';
import { canRemediate, type RemediationRuntime, type Runtime } from '../runtime/runtime.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

type Facets = Readonly<Record<string, unknown>>;

/** The facets of the before-image, as they are now. */
const readAgain = async (
  { before = {} }: Action,
  type: AnyResourceType,
  { ref }: EvaluationRequest,
  reader: BatchReader,
): Promise<Facets> => {
  const reading = await reader.read(type, ref, Object.keys(before));
  if (reading.gone) return {};
  return Object.fromEntries(
    Object.entries(reading.facets).flatMap(([name, one]) =>
      'value' in one ? [[name, one.value]] : [],
    ),
  );
};

const verdictOf = (control: string, { judged }: Found, row: ResourceRow | undefined) =>
  judged.find((one) => one.control.id === control)?.verdict.status ??
  row?.controls[control]?.verdict.status ??
  'UNKNOWN';

/** Somebody's events on what the action changed that it did not know of when it began. */
const eventsSince = (
  action: Action,
  { events, judged }: Found,
  row: ResourceRow | undefined,
): readonly EventCause[] => {
  const { controls, undoes } = action;
  const known = controls.flatMap((control) => actorsIn(row?.controls[control]));
  const found = judged.flatMap(({ control, causes }) =>
    controls.includes(control.id) ? causes : [],
  );
  // What an undo brings back can be more than what its controls look at.
  const all = [...found, ...known, ...(undoes === undefined ? [] : events)];
  return otherActorsAmong(action, all);
};

/** Says the outcome once: in the ledger, on the findings, and to people where something is amiss. */
const say = async (
  { action, ...entry }: Entry,
  { outcome, why }: Conclusion,
  otherActors: readonly EventCause[],
  after: Facets,
  runtime: RemediationRuntime,
): Promise<void> => {
  const said: Said = {
    state: outcome,
    ...(why === undefined ? {} : { why }),
    ...(otherActors.length === 0 ? {} : { meanwhile: otherActorsText(otherActors) }),
    concludedAt: runtime.clock().toISOString(),
    after: imageOf(after),
  };
  const concluded: Action = { ...action, ...said };
  // Told before it is written: what is told twice does no harm, what is never told does.
  const findings = identifiersOf(concluded, concluded.controls);
  const isNoted = await noteOn(findings, actionNote(concluded), runtime);
  const notice = noticeOf(concluded, isNoted);
  if (notice) await runtime.remediation.notify(notice.subject, notice.message);
  await runtime.remediation.ledger.conclude({ action, ...entry }, said);
};

/** Whether what an undo brings back is there again; `undefined` where that cannot be read. */
const isRestored = (
  { wanted = {} }: Action,
  type: AnyResourceType,
  after: Facets,
): boolean | undefined => {
  const isRead = Object.keys(wanted).every((name) => Object.hasOwn(after, name));
  return isRead ? differences(type, wanted, after).length === 0 : undefined;
};

const settledOf = (
  action: Action,
  found: Found,
  request: EvaluationRequest,
  after: Facets,
  now: Date,
) => {
  const isGone = found.goneAt !== undefined;
  const restored = isGone ? false : isRestored(action, request.type, after);
  const { actedAt = action.startedAt } = action;
  const statuses = action.controls.map((control) => verdictOf(control, found, request.row));
  const verdicts: readonly Verdict['status'][] = action.undoes === undefined ? statuses : [];
  return {
    verdicts,
    otherActors: eventsSince(action, found, request.row),
    isGone,
    ...(restored === undefined ? {} : { isRestored: restored }),
    isOverdue: now.getTime() >= Date.parse(actedAt) + mostAwaitedHours * 3_600_000,
  };
};

type Concluded = Pick<Action, 'id' | 'state' | 'controls' | 'startedAt'>;

/** The outcome of an action that needs no further look; `undefined` while it does. */
const conclude = async (
  { action: id }: Awaited,
  found: Found,
  request: EvaluationRequest,
  reader: BatchReader,
  runtime: Runtime,
): Promise<Concluded | undefined> => {
  const entry = canRemediate(runtime) ? await runtime.remediation.ledger.get(id) : undefined;
  if (!canRemediate(runtime) || !entry)
    return { id, state: 'BLOCKED', controls: [], startedAt: '' };
  if (isConcluded(entry.action)) return entry.action;
  if (entry.action.state !== 'VERIFYING') return undefined;
  const after = found.goneAt ? {} : await readAgain(entry.action, request.type, request, reader);
  const settled = settledOf(entry.action, found, request, after, runtime.clock());
  const conclusion = conclusionOf(entry.action, settled);
  if (!conclusion) return undefined;
  await say(entry, conclusion, settled.otherActors, after, runtime);
  return { ...entry.action, state: conclusion.outcome };
};

/** What somebody broke again while it was put right is a drift of its own, though no PASS was read in between. */
const renewed = (
  judged: readonly Judged[],
  superseded: ReadonlyMap<string, Concluded>,
): readonly Judged[] =>
  judged.map((one) => {
    const action = superseded.get(one.control.id);
    if (action === undefined || one.verdict.status !== 'FAIL') return one;
    return { ...one, renewedBy: action };
  });

/**
 * Says the outcomes of the actions on this resource, once it is read as settled: nothing is called fixed, or
 * ineffective, from an early read.
 */
export const withConclusions = async (
  found: Found,
  request: EvaluationRequest,
  reader: BatchReader,
  runtime: Runtime,
): Promise<Found> => {
  const awaited = [...(request.row?.awaits ?? []), ...(found.awaits ?? [])];
  if (awaited.length === 0 || found.settle !== undefined) return found;
  const ids = new Map(awaited.map((one) => [one.action, one]));
  const concluded: Concluded[] = [];
  const superseded = new Map<string, Concluded>();
  for (const one of ids.values()) {
    const outcome = await conclude(one, found, request, reader, runtime);
    if (!outcome) continue;
    concluded.push(outcome);
    if (outcome.state !== 'SUPERSEDED') continue;
    for (const control of outcome.controls) superseded.set(control, outcome);
  }
  return { ...found, judged: renewed(found.judged, superseded), concluded };
};
