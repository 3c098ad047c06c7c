import { union } from '../changes/change.ts';
import { latestOf } from '../posture/next-control-row.ts';
import type { PendingSettle } from '../posture/row.ts';

/** How often it is looked again after one event, at most for half a day: for what AWS does not finish. */
export const mostAttempts = 50;
const mostDelaySeconds = 900;
/** A settle that is this late is taken for lost. */
const graceSeconds = 300;

/** What one delivery knows of when to look again. */
export interface Settling {
  /** When the events happened, and when the calls of actions were answered. */
  readonly times: readonly string[];
  /** The attempt of the settle change that is being handled, if it is one. */
  readonly delivered: number | undefined;
  readonly facets: readonly string[] | 'all';
  /** AWS is still changing the resource. */
  readonly isUnsettled: boolean;
  readonly settlesAfterSeconds: number;
}
interface Moment {
  readonly before: PendingSettle | undefined;
  readonly now: Date;
}
export interface Settled {
  readonly settle?: PendingSettle;
  /** Set where a settle change has to be sent. */
  readonly delaySeconds?: number;
  /** Another look is due, but there were too many. */
  readonly isGivenUp?: true;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/**
 * When to evaluate a resource again: once its latest event has settled, and on while AWS is at work on it.
 * There is one pending settle a resource; an event that comes meanwhile moves what it waits for.
 */
export const nextSettle = (settling: Settling & Moment): Settled => {
  const { before, times, delivered, isUnsettled, settlesAfterSeconds } = settling;
  const now = settling.now.getTime();
  const after = settlesAfterSeconds * 1000;
  const wantedAt = Math.max(
    before ? Date.parse(before.wantedAt) : 0,
    ...times.map((time) => Date.parse(time) + after),
  );
  const isPending =
    delivered === undefined &&
    before !== undefined &&
    Date.parse(before.arrivesAt) + graceSeconds * 1000 > now;
  const facets = before ? union(before.facets, settling.facets) : settling.facets;
  // Attempts are counted from the latest event: somebody who goes on changing a resource has it looked at for ever.
  const isMoved = before !== undefined && wantedAt > Date.parse(before.wantedAt);
  if (isPending) {
    const { attempt } = before;
    return {
      settle: { ...before, wantedAt: iso(wantedAt), facets, attempt: isMoved ? 0 : attempt },
    };
  }
  const attempt =
    delivered === undefined || isMoved ? 0 : Math.min(delivered, before?.attempt ?? delivered) + 1;
  const backOff = settlesAfterSeconds * 2 ** Math.min(attempt, 10);
  const wait = wantedAt > now ? (wantedAt - now) / 1000 : isUnsettled ? backOff : 0;
  if (wait <= 0) return {};
  if (attempt >= mostAttempts) return { isGivenUp: true };
  const delaySeconds = Math.min(mostDelaySeconds, Math.ceil(wait));
  return {
    delaySeconds,
    settle: {
      arrivesAt: iso(now + delaySeconds * 1000),
      wantedAt: iso(Math.max(wantedAt, now)),
      facets,
      attempt,
    },
  };
};

/** Of two that are under way the one that is kept, which waits for what either is wanted for. */
export const joined = (kept: PendingSettle, other: PendingSettle | undefined): PendingSettle => {
  if (!other) return kept;
  const wantedAt = latestOf(kept.wantedAt, other.wantedAt) ?? kept.wantedAt;
  return { ...kept, wantedAt, facets: union(other.facets, kept.facets) };
};
