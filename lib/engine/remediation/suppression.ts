import type { EventCause } from '../changes/change.ts';
import { principalOf } from './slots.ts';

/** What decides whether the suppression of a finding counts. */
export interface Suppressed {
  readonly by?: string | undefined;
  readonly at?: Date | undefined;
  readonly operators: readonly string[];
  /** Who can have brought the failure about. */
  readonly causes: readonly Pick<EventCause, 'by'>[];
  readonly days: number;
}
/** It counts until a time, has run out, or does not count for a reason. */
export type Counted =
  | { readonly until: Date }
  | { readonly isOver: true }
  | { readonly why: string };

const dayMs = 86_400_000;

/** Nobody excuses himself: only an operator's word counts, who is no candidate of the failure, and for a while. */
export const countSuppression = (
  { by, at, operators, causes, days }: Suppressed,
  now: Date,
): Counted => {
  if (by === undefined || at === undefined)
    return { why: 'Security Hub does not say who suppressed it' };
  const principal = principalOf(by);
  if (!operators.includes(principal)) return { why: `${principal} is no operator of the baseline` };
  if (causes.some((cause) => cause.by !== undefined && principalOf(cause.by) === principal))
    return { why: `${principal} may have brought the failure about` };
  const until = new Date(at.getTime() + days * dayMs);
  return until > now ? { until } : { isOver: true };
};
