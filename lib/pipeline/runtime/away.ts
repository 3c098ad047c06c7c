import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselinesOf } from '../../engine/baseline/baseline-away.ts';
import { isAway } from '../../engine/changes/place.ts';
import type { Where } from '../../model/resource-type.ts';
import { memberType } from '../../resources/account/own-names.ts';
import { onceEach } from '../../support/once.ts';
import type { Runtime } from './runtime.ts';

/** By baseline, what counts in each other account. */
const known = new WeakMap<Baseline, ReturnType<typeof baselinesOf<Baseline>>>();

/** The runtime as it counts for what is of an account: elsewhere something is put right only where the baseline says so. */
export const runtimeAt = <R extends Runtime>(where: Where, runtime: R): R => {
  const { baseline, place } = runtime;
  if (!isAway(where, place)) return runtime;
  const baselineIn = known.get(baseline) ?? baselinesOf(baseline, place.account);
  known.set(baseline, baselineIn);
  return { ...runtime, baseline: baselineIn(where.account, where.region) };
};

/** For so long an account is not looked at again: whatever is asked there finds the same. */
const lookedMs = 600_000;
const lookedIn = onceEach((_: Runtime['posture']) => new Map<string, number>());

/**
 * Has it evaluated whether an account can be entered. Never throws: what is missed here the next refusal, or the daily
 * sweep, brings about.
 */
export const lookAtEntry = async (
  account: string,
  runtime: Runtime,
  inSeconds = 0,
): Promise<void> => {
  const { place, posture, queues, clock } = runtime;
  const before = lookedIn(posture);
  const now = clock().getTime();
  if ((before.get(account) ?? 0) + lookedMs > now) return;
  before.set(account, now);
  const ref = { account: place.account, region: place.homeRegion, id: account };
  const cause = { kind: 'review' } as const;
  await queues
    .settle({ version: 1, type: memberType, ref, facets: 'all', cause }, inSeconds)
    .catch(() => before.delete(account));
};
