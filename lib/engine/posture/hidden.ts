import { fail, type Verdict } from '../../model/control.ts';
import type { Withheld } from '../../model/withheld.ts';
import type { ControlRow, Hidden } from './row.ts';

const reasonOf = (was: Hidden['was'], { action }: Withheld): string =>
  `Plumbline may no longer read ${action}: a policy of the resource denies it; before, it was ${was}`;

const failOf = (was: Hidden['was'], withheld: Withheld): Verdict => {
  const { facet, action, resource = 'the resource' } = withheld;
  return fail(reasonOf(was, withheld), [
    {
      path: facet,
      actual: `${action} is denied by the policy of ${resource}`,
      expected: 'Plumbline may read it',
    },
  ]);
};

/** What it was before it was hidden; `undefined` where that was not known. */
const wasIn = (before: ControlRow | undefined): Hidden['was'] | undefined => {
  if (before?.hidden) return before.hidden.was;
  const { lastKnown } = before ?? {};
  return lastKnown === 'PASS' || lastKnown === 'FAIL' ? lastKnown : undefined;
};

interface Seen {
  readonly verdict: Verdict;
  readonly hidden?: Hidden;
}

/**
 * A verdict in the light of what was known before. What the resource's own policy keeps from us is UNKNOWN if nothing was
 * known of it. If something was known, somebody has hidden it, and that is FAIL until it can be read again.
 */
export const inLightOf = (
  before: ControlRow | undefined,
  verdict: Verdict,
  readAt: string,
): Seen => {
  if (verdict.status !== 'UNKNOWN') return { verdict };
  const kept = before?.hidden;
  // What cannot be read for another reason does not end that: nothing was shown again.
  if (!verdict.withheld) return { verdict, ...(kept ? { hidden: kept } : {}) };
  const was = wasIn(before);
  if (was === undefined) return { verdict };
  return { verdict: failOf(was, verdict.withheld), hidden: kept ?? { was, since: readAt } };
};
