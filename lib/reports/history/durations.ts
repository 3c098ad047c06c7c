import type { Period } from './gaps.ts';
import type { StandingOver } from './standing-over.ts';
import type { Timeline } from './timeline.ts';

/** How long something took, in seconds, over all cases. */
export interface Durations {
  readonly count: number;
  readonly median: number;
  /** Nine of ten took no longer. */
  readonly ninth: number;
  readonly longest: number;
}

/** The smallest of the sorted values that so great a share does not exceed. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

export const durationsOf = (seconds: readonly number[]): Durations => {
  const sorted = seconds.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    median: quantile(sorted, 0.5),
    ninth: quantile(sorted, 0.9),
    longest: sorted.at(-1) ?? 0,
  };
};

/** From the first call that can have brought a failure about until it was read: of those that turned within the period. */
export const secondsToDetect = ({ turns }: Timeline, period: Period): readonly number[] =>
  turns.flatMap(({ to, at, calledAt }) => {
    const read = Date.parse(at);
    return to === 'FAIL' && calledAt !== undefined && read >= period.from && read < period.to
      ? [Math.max(0, (read - Date.parse(calledAt)) / 1000)]
      : [];
  });

/** From the beginning of a failure to its end: of those that ended within the period. */
export const secondsToRepair = ({ episodes }: StandingOver, period: Period): readonly number[] =>
  episodes.flatMap(({ from, to, isOpen }) =>
    !isOpen && to > period.from && to <= period.to ? [(to - from) / 1000] : [],
  );
