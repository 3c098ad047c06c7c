import type { Period } from './gaps.ts';
import type { StandingOver } from './standing-over.ts';
import type { Timeline } from './timeline.ts';

/**
 * - `worse`: passed at the beginning, fails at the end
 * - `better`: failed at the beginning, passes at the end
 * - `fresh`: not there at the beginning, fails at the end
 * - `ended`: failed at the beginning, is not there at the end
 * - `restated`: differs since the baseline or Plumbline changed; nobody made it worse or better
 */
export type Move = 'worse' | 'better' | 'fresh' | 'ended' | 'restated';

type Side = StandingOver['first'];
const isBad = (side: Side): boolean => side === 'FAIL';
const isGood = (side: Side): boolean => side === 'PASS' || side === 'NOT_APPLICABLE';
const isAbsent = (side: Side): boolean => side === undefined || side === 'GONE';

const movedFrom = (first: Side, last: Side): Exclude<Move, 'restated'> | undefined => {
  if (isBad(last)) {
    if (isGood(first)) return 'worse';
    return isAbsent(first) ? 'fresh' : undefined;
  }
  if (!isBad(first)) return undefined;
  if (isGood(last)) return 'better';
  return isAbsent(last) ? 'ended' : undefined;
};

/**
 * How a control on a resource moved within a period.
 * @param releases times at which another release began to evaluate
 */
export const moveOf = (
  { turns }: Timeline,
  { first, last }: StandingOver,
  period: Period,
  releases: readonly number[],
): Move | undefined => {
  const move = movedFrom(first, last);
  if (move !== 'worse' && move !== 'better') return move;
  // The turn that made it what it is.
  const turn = turns
    .filter(({ at }) => Date.parse(at) >= period.from && Date.parse(at) < period.to)
    .findLast(({ to }) => isBad(to === 'FAIL' ? 'FAIL' : undefined) === (move === 'worse'));
  if (turn?.cause === 'baseline') return 'restated';
  // After a release everything is read again within a day: what turns then, and nobody did, can come from that.
  const day = 86_400_000;
  const isOfRelease =
    turn?.cause === 'found' &&
    releases.some((at) => Date.parse(turn.at) >= at && Date.parse(turn.at) < at + 2 * day);
  return isOfRelease ? 'restated' : move;
};
