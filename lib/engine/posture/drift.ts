import type { EventCause } from '../changes/change.ts';
import type { ControlEvaluation } from '../evaluation/control-evaluation.ts';
import type { Action } from '../remediation/action.ts';
import type { Began, ControlRow } from './row.ts';

/** A verdict older than this no longer proves that a FAIL is new: the daily sweep reads everything. */
const trustedHours = 72;
const mostDrifts = 10;

const isTrusted = (
  before: ControlRow,
  { readAt, settings, tellsEveryHours = 0 }: ControlEvaluation,
): boolean => {
  const hours = Math.max(trustedHours, 2 * tellsEveryHours);
  return (
    (before.settings === undefined || before.settings === settings) &&
    Date.parse(before.knownAt ?? before.readAt) + hours * 3_600_000 >= readAt.getTime()
  );
};

/** Whether an outcome is news: it can be told again after that of a later action. */
export const isLaterAction = (
  { lastAction, lastActionAt = '' }: Pick<ControlRow, 'lastAction' | 'lastActionAt'>,
  { id, startedAt }: Pick<Action, 'id' | 'startedAt'>,
): boolean => lastAction !== id && startedAt > lastActionAt;

/** Whether somebody broke it again during an action; said once, however often the outcome is. */
export const isRenewed = (
  before: ControlRow | undefined,
  { renewedBy }: ControlEvaluation,
): boolean => renewedBy !== undefined && isLaterAction(before ?? {}, renewedBy);

/** How the FAIL began that is read. */
export const beganOf = (before: ControlRow | undefined, evaluated: ControlEvaluation): Began => {
  if (isRenewed(before, evaluated)) return 'turned';
  if (before?.lastKnown === 'FAIL') {
    // The event of the creation can come after that of a later step.
    return evaluated.isCreated && before.began === 'found' ? 'created' : (before.began ?? 'found');
  }
  if (before?.lastKnown === undefined) return evaluated.isCreated ? 'created' : 'found';
  return isTrusted(before, evaluated) ? 'turned' : 'found';
};

/** The events that brought about the drift before: what fails after that was put right is not theirs as well. */
const spentIn = (before: ControlRow | undefined): readonly string[] => {
  const last = before?.drifts?.at(-1);
  if (!before || last === undefined) return [];
  return before.causes.flatMap(({ id, time }) => (time <= last ? [id] : []));
};

/**
 * What is kept of a FAIL: how it began, who prompted it, what is being done. Nothing of it outlives the next PASS.
 * @param events those that can have brought it about: that somebody touches what failed is no drift
 */
export const failureOf = (
  before: ControlRow | undefined,
  evaluated: ControlEvaluation,
  known: string | undefined,
  events: readonly EventCause[],
) => {
  const drifts = before?.drifts ?? [];
  if (known !== 'FAIL') return drifts.length > 0 ? { drifts } : {};
  const began = beganOf(before, evaluated);
  const isAgain = isRenewed(before, evaluated);
  const isSame = before?.lastKnown === 'FAIL' && !isAgain;
  const wasPrompted = isSame && before.prompted === true;
  const spent = spentIn(before);
  const isTold = evaluated.tellsEveryHours !== undefined && before?.lastKnown === 'PASS';
  const isPrompted =
    wasPrompted ||
    isAgain ||
    (isTold && began === 'turned') ||
    events.some(({ id, ours }) => !ours && !spent.includes(id));
  const isNewDrift = isPrompted && !wasPrompted && began !== 'found';
  const all = isNewDrift ? [...drifts, evaluated.readAt.toISOString()].slice(-mostDrifts) : drifts;
  return {
    began,
    ...(isPrompted ? { prompted: true as const } : {}),
    ...(all.length > 0 ? { drifts: all } : {}),
    ...(isSame && before.remediation ? { remediation: before.remediation } : {}),
    ...(evaluated.plan ? { plan: evaluated.plan } : {}),
  };
};

/** How often it drifted within the hours before a moment. */
export const driftsWithin = ({ drifts = [] }: ControlRow, hours: number, now: Date): number =>
  drifts.filter((at) => Date.parse(at) > now.getTime() - hours * 3_600_000).length;

/** Whether the FAIL that holds is drift: it was brought about while we watched. */
export const isDrift = ({ lastKnown, began, prompted }: ControlRow): boolean =>
  lastKnown === 'FAIL' && prompted === true && (began === 'turned' || began === 'created');
