import type { Ledger } from '../../../aws/stores/ledger.ts';
import { keyOf } from '../../../engine/changes/change.ts';
import { type Action, actionId, monthsUntil } from '../../../engine/remediation/action.ts';
import type { FixRequest } from '../../../engine/remediation/request.ts';
import type { Rollout } from '../../../engine/rollouts/rollout.ts';

const most = 1000;

/** The latest action of each host that stopped rollouts of a control have blocked. */
export const heldUp = async (
  control: string,
  rollouts: readonly Rollout[],
  ledger: Pick<Ledger, 'list'>,
  now: Date,
): Promise<readonly Action[]> => {
  const stops = rollouts.flatMap((one) =>
    one.control === control && one.stopped ? [one.stopped.at] : [],
  );
  const since = stops.sort()[0];
  if (since === undefined) return [];
  const blocked = await ledger.list(
    monthsUntil(now).filter((month) => month >= since.slice(0, 7)),
    most,
    ({ guard, controls, startedAt }) =>
      guard === 'rollout' && controls.includes(control) && startedAt >= since,
  );
  // They come with the latest first.
  return [...new Map(blocked.toReversed().map((one) => [keyOf(one), one])).values()];
};

/** The same action asked for again, by whatever asked for it first. */
export const askedAgain = ({ id, type, ref, controls, askedBy }: Action): FixRequest => ({
  version: 1,
  ask: 'remediate',
  id: actionId({ type, ref, controls, episodes: [], attempt: `after ${id}` }),
  type,
  ref,
  controls,
  askedBy,
});
