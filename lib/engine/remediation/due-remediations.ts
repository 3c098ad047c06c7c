import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { isInWindow, nextWindow } from '../baseline/maintenance-window.ts';
import { isDrift } from '../posture/drift.ts';
import type { ControlRow, Remediating, ResourceRow } from '../posture/row.ts';
import { actionId } from './action.ts';

/** A remediation that the Remediations queue is to be told of. */
export interface DueRemediation {
  readonly action: string;
  readonly controls: readonly string[];
  readonly askedBy: 'drift' | 'backlog';
}
/** The type of a row, and its controls that are enabled. */
interface Watched {
  readonly type: Pick<AnyResourceType, 'selfReported'>;
  readonly controls: readonly Control[];
}
interface Candidate {
  readonly control: Control;
  readonly row: ControlRow;
}

/**
 * Whether a FAIL asks for its remediation now: drift, and only once that has settled what was just created, for its
 * creation may go on, or what nobody is known to have changed, for who it was decides whether it may be taken back.
 */
const isAsking = (
  { control, row }: Candidate,
  { settle, beingCreated }: ResourceRow,
  { controls }: Baseline,
): boolean => {
  const enabled = controls[control.id];
  if (enabled?.mode !== 'remediate' || row.lastKnown !== 'FAIL' || !row.plan?.isCalls) return false;
  if (!(isDrift(row) || enabled.backlog)) return false;
  return settle === undefined || (row.began !== 'created' && !beingCreated);
};

/** Waiting is over, or nothing was asked for in this episode yet. */
const isDue = ({ row: { remediation, episodes } }: Candidate, now: Date): boolean => {
  if (remediation?.episode !== episodes) return true;
  if (remediation.state !== 'waiting') return false;
  return remediation.notBefore === undefined || Date.parse(remediation.notBefore) <= now.getTime();
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

const remediatingOf = (
  group: readonly Candidate[],
  { type, ref }: ResourceRow,
  { selfReported }: Watched['type'],
  { remediation: { windows } }: Baseline,
  now: Date,
): Omit<Remediating, 'episode'> => {
  const action = actionId({
    type,
    ref,
    controls: group.map(({ control }) => control.id),
    episodes: group.map(({ row }) => row.episodes),
    attempt: 0,
  });
  // No sweep looks at the row of what reports by itself: its ask waits in the queue.
  if (selfReported || isInWindow(windows, now)) return { action, state: 'wanted' };
  const notBefore = nextWindow(windows, now)?.toISOString();
  return { action, state: 'waiting', ...(notBefore === undefined ? {} : { notBefore }) };
};

/**
 * The row with what is wanted of the Remediations queue. It stays wanted until it is known to be asked for, so a
 * crash in between loses nothing; the same episode gives the same action, so asking twice does nothing.
 */
export const withWanted = (
  row: ResourceRow,
  { type, controls }: Watched,
  baseline: Baseline,
  now: Date,
): ResourceRow => {
  const asking = controls.flatMap((control): Candidate[] => {
    const found = row.controls[control.id];
    const candidate = found && { control, row: found };
    return candidate && isAsking(candidate, row, baseline) && isDue(candidate, now)
      ? [candidate]
      : [];
  });
  if (row.goneAt !== undefined || asking.length === 0) return row;
  const changed = inGroups(asking).flatMap((group) => {
    const remediating = remediatingOf(group, row, type, baseline, now);
    return group.map(({ control, row: found }) => [
      control.id,
      { ...found, remediation: { ...remediating, episode: found.episodes } },
    ]);
  });
  return { ...row, controls: { ...row.controls, ...Object.fromEntries(changed) } };
};

/** What the Remediations queue is not known to have been told. */
export const wantedOf = ({ controls }: ResourceRow): readonly DueRemediation[] => {
  const wanted = new Map<string, DueRemediation>();
  for (const [id, row] of Object.entries(controls)) {
    if (row.remediation?.state !== 'wanted') continue;
    const { action } = row.remediation;
    wanted.set(action, {
      action,
      controls: [...(wanted.get(action)?.controls ?? []), id],
      askedBy: isDrift(row) ? 'drift' : 'backlog',
    });
  }
  return [...wanted.values()];
};

/** When the next remediation of a row has its time, if one waits. */
export const waitsUntil = ({ controls }: ResourceRow): readonly number[] =>
  Object.values(controls).flatMap(({ remediation }) =>
    remediation?.state === 'waiting' && remediation.notBefore !== undefined
      ? [Date.parse(remediation.notBefore)]
      : [],
  );
