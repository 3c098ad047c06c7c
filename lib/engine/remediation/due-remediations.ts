import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { exemptionOn } from '../baseline/exemption.ts';
import { isOpen, nextOpen } from '../baseline/maintenance-window.ts';
import { isDrift } from '../posture/drift.ts';
import type { ControlRow, Remediating, ResourceRow } from '../posture/row.ts';
import { actionId } from './action.ts';

/** A remediation that the Remediations queue is to be told of. */
export interface DueRemediation {
  readonly action: string;
  readonly controls: readonly string[];
  readonly askedBy: 'drift' | 'backlog';
  /** Of what was asked for before. */
  readonly waited?: { readonly since: string; readonly tries: number };
}
/** The type of a row, and its controls that are enabled. */
interface Watched {
  readonly type: Pick<AnyResourceType, 'selfReported'>;
  readonly controls: readonly Control[];
}
interface Candidate {
  readonly control: Control;
  readonly row: ControlRow;
  readonly isExempt: boolean;
}

/** Whether a FAIL is to be put right by itself. */
export const isToBePutRight = (
  control: string,
  row: ControlRow,
  { controls }: Pick<Baseline, 'controls'>,
): boolean => {
  const enabled = controls[control];
  if (enabled?.mode !== 'remediate' || row.lastKnown !== 'FAIL' || !row.plan?.isCalls) return false;
  return isDrift(row) || enabled.backlog;
};

/**
 * Whether a FAIL is put right now. Two cases wait for the read after settle: a resource that is still being created, and a
 * change of which nobody knows yet whose it was, since that decides whether it may be taken back.
 */
const isAsking = (
  { control, row }: Candidate,
  { settle, beingCreated }: ResourceRow,
  baseline: Baseline,
): boolean =>
  isToBePutRight(control.id, row, baseline) &&
  (settle === undefined || (row.began !== 'created' && !beingCreated));

/** A request without an outcome for so long was lost: it is sent again. */
const lostAfterHours = 20;
const hourMs = 3_600_000;

/** Waiting is over, nothing was asked for in this episode yet, or what was asked for has come to nothing. */
const isDue = (
  { row: { remediation, episodes, lastAction }, isExempt }: Candidate,
  now: Date,
): boolean => {
  if (remediation?.episode !== episodes) return true;
  const { state, action, notBefore, askedAt, exempted } = remediation;
  if (state === 'waiting') return notBefore === undefined || Date.parse(notBefore) <= now.getTime();
  if (state === 'wanted' || lastAction === action) return false;
  if (isExempt || exempted) return !isExempt;
  return askedAt !== undefined && Date.parse(askedAt) + lostAfterHours * hourMs <= now.getTime();
};

/** What shares a combined plan is asked for together. */
const inGroups = (candidates: readonly Candidate[]): readonly (readonly Candidate[])[] => {
  const groups = new Map<unknown, Candidate[]>();
  for (const candidate of candidates) {
    const { combined } = candidate.control.remediation;
    const key = combined ?? candidate;
    groups.set(key, [...(groups.get(key) ?? []), candidate]);
  }
  return [...groups.values()];
};

/** What is known of the requests of this episode. */
const askedBefore = (group: readonly Candidate[]) => {
  const all = group.flatMap(({ row: { remediation, episodes } }) =>
    remediation?.episode === episodes ? [remediation] : [],
  );
  const [first] = all;
  if (!first) return undefined;
  const tries = Math.max(...all.map((one) => one.tries ?? 0)) + 1;
  const attempts = all.map(({ attempt = 0, exempted }) => (exempted ? tries : attempt));
  const since = all.flatMap((one) => one.since ?? []).sort()[0];
  const { guard, why } = first;
  return {
    attempt: Math.max(...attempts),
    tries,
    ...(guard === undefined ? {} : { guard }),
    ...(why === undefined ? {} : { why }),
    ...(since === undefined ? {} : { since }),
  };
};

const remediatingOf = (
  group: readonly Candidate[],
  { type, ref }: ResourceRow,
  { selfReported }: Watched['type'],
  { remediation }: Baseline,
  now: Date,
): Omit<Remediating, 'episode'> => {
  const before = askedBefore(group);
  const at = now.toISOString();
  const action = actionId({
    type,
    ref,
    controls: group.map(({ control }) => control.id),
    episodes: group.map(({ row }) => row.episodes),
    attempt: before?.attempt ?? 0,
  });
  // No sweep looks at the row of what reports by itself: its ask waits in the queue.
  if (selfReported || isOpen(remediation, now))
    return { ...before, action, state: 'wanted', askedAt: at };
  const notBefore = nextOpen(remediation, now)?.toISOString();
  const why = 'no maintenance window is open';
  return {
    ...before,
    action,
    state: 'waiting',
    ...(notBefore === undefined ? {} : { notBefore }),
    guard: 'maintenanceWindow',
    why,
    since: before?.since ?? at,
  };
};

/** Whether somebody answers for what a control finds. */
export const isExemptOn = (
  id: string,
  row: ResourceRow,
  baseline: Baseline,
  now: Date,
): boolean => {
  const { ref, arn = ref.id } = row;
  return exemptionOn(row, baseline, { controlId: id, arn, id: ref.id }, now) !== undefined;
};

/** What was asked for of a failure that somebody answers for by now: the guard has let it be. */
const withExempted = ({ row, isExempt }: Candidate): ControlRow => {
  const { remediation, episodes } = row;
  const isAsked = remediation?.episode === episodes && remediation.state === 'asked';
  return isExempt && isAsked ? { ...row, remediation: { ...remediation, exempted: true } } : row;
};

/**
 * The row with what is wanted of the Remediations queue. It stays wanted until it is known to be asked for, so a
 * crash in between loses nothing; the same episode gives the same action, so asking twice does nothing.
 */
export const withDueRemediations = (
  row: ResourceRow,
  { type, controls }: Watched,
  baseline: Baseline,
  now: Date,
): ResourceRow => {
  if (row.goneAt !== undefined) return row;
  const candidates = controls.flatMap((control): Candidate[] => {
    const found = row.controls[control.id];
    if (!found) return [];
    const candidate = { control, row: found, isExempt: isExemptOn(control.id, row, baseline, now) };
    return isAsking(candidate, row, baseline) ? [candidate] : [];
  });
  if (candidates.length === 0) return row;
  const asking = candidates.filter((one) => isDue(one, now));
  const changed = inGroups(asking).flatMap((group) => {
    const remediating = remediatingOf(group, row, type, baseline, now);
    return group.map(({ control, row: found }): [string, ControlRow] => [
      control.id,
      { ...found, remediation: { ...remediating, episode: found.episodes } },
    ]);
  });
  const marked = candidates.map((one): [string, ControlRow] => [one.control.id, withExempted(one)]);
  return { ...row, controls: { ...row.controls, ...Object.fromEntries([...marked, ...changed]) } };
};

/** What the Remediations queue is not known to have been told. */
export const dueRemediationsOf = ({ controls }: ResourceRow): readonly DueRemediation[] => {
  const wanted = new Map<string, DueRemediation>();
  for (const [id, row] of Object.entries(controls)) {
    if (row.remediation?.state !== 'wanted') continue;
    const { action, tries = 0, since, askedAt = row.since } = row.remediation;
    wanted.set(action, {
      action,
      ...(tries > 0 ? { waited: { since: since ?? askedAt, tries } } : {}),
      controls: [...(wanted.get(action)?.controls ?? []), id],
      askedBy: isDrift(row) ? 'drift' : 'backlog',
    });
  }
  return [...wanted.values()];
};

/** When the next remediation of a row has its time, if one waits. */
export const waitsUntil = ({ controls }: ResourceRow): readonly number[] =>
  Object.values(controls).flatMap(({ remediation }) =>
    remediation?.state === 'waiting' && remediation.notBefore !== undefined && !remediation.bySweep
      ? [Date.parse(remediation.notBefore)]
      : [],
  );
