import type { Baseline } from '../baseline/baseline.ts';
import type { ControlRow, ResourceRow } from '../posture/row.ts';
import { isExemptOn, isToBePutRight } from './due-remediations.ts';

/** A failure that nothing was done about, though it is to be put right, has waited for too long. */
export const mostSilentMinutes = 60;
const mostSilentMs = mostSilentMinutes * 60_000;

/** A failure to be put right of which a row shows neither how an action ended nor that one waits. */
export interface Unanswered {
  readonly control: string;
  /** What was asked for; absent where nothing was. */
  readonly action?: string;
  /** From then on, in milliseconds, the silence is too long. */
  readonly overdueAt: number;
}

const unansweredOf = (
  control: string,
  { remediation, episodes, lastAction, since }: ControlRow,
): readonly Unanswered[] => {
  const asked = remediation?.episode === episodes ? remediation : undefined;
  // What waits is pending, and says so.
  if (asked?.state === 'waiting' || asked?.exempted) return [];
  if (asked && asked.action === lastAction) return [];
  const times = [since, asked?.askedAt ?? since, asked?.waitsAt ?? since];
  const latest = Math.max(...times.map((time) => Date.parse(time)));
  return [
    {
      control,
      ...(asked ? { action: asked.action } : {}),
      overdueAt: latest + mostSilentMs,
    },
  ];
};

/** What is to be put right of a row and is unanswered. What waits in the queue of host messages says so, again and again. */
export const unansweredIn = (
  row: ResourceRow,
  controls: readonly { readonly id: string }[],
  baseline: Baseline,
  now: Date,
): readonly Unanswered[] =>
  row.goneAt !== undefined
    ? []
    : controls.flatMap(({ id }) => {
        const found = row.controls[id];
        return found && isToBePutRight(id, found, baseline) && !isExemptOn(id, row, baseline, now)
          ? unansweredOf(id, found)
          : [];
      });

/** When a row is to be looked at, of which nothing else tells in time: `undefined` where nothing is unanswered. */
export const silentUntil = (unanswered: readonly Unanswered[], now: Date): Date | undefined => {
  const again = now.getTime() + mostSilentMs;
  const dues = unanswered.map(({ overdueAt }) => (overdueAt > now.getTime() ? overdueAt : again));
  return dues.length > 0 ? new Date(Math.min(...dues)) : undefined;
};

/** When a row is to be looked at since an answer may be missing by then. */
export const overdueFrom = (unanswered: readonly Unanswered[], now: Date): readonly number[] =>
  unanswered.map(({ overdueAt }) => overdueAt).filter((at) => at > now.getTime());
