import { keyOf } from '../../engine/changes/change.ts';
import { joined, mostAttempts, nextSettle, type Settling } from '../../engine/evaluation/settle.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { PendingSettle, ResourceRow } from '../../engine/posture/row.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Sees to it that the resource is evaluated again; sent before the row says so, or a crash would lose it. */
export const settle = async (
  { type, ref }: Pick<Found, 'type' | 'ref'>,
  before: PendingSettle | undefined,
  settling: Settling,
  runtime: Runtime,
): Promise<PendingSettle | undefined> => {
  const next = nextSettle({ ...settling, before, now: runtime.clock() });
  const { settle: pending, delaySeconds, isGivenUp } = next;
  if (isGivenUp) {
    const why = `it has not settled after ${mostAttempts} looks: it is evaluated as it is`;
    runtime.endChain({ chain: 'settle', of: keyOf({ type, ref }), why });
  }
  if (pending && delaySeconds !== undefined) {
    const cause = { kind: 'settle', attempt: pending.attempt } as const;
    const { facets } = settling;
    await runtime.queues.settle({ version: 1, type, ref, facets, cause }, delaySeconds);
  }
  return pending;
};

/**
 * What was found, for a row that somebody else has written since: the settle that this delivery counts on may have
 * come meanwhile, and the one that it is may be wanted for a later event.
 */
export const settleAgain = async (
  found: Found,
  known: ResourceRow | undefined,
  newest: ResourceRow | undefined,
  runtime: Runtime,
): Promise<Found> => {
  const { settling, settle: pending } = found;
  if (!settling || found.goneAt) return found;
  const isSentByUs = pending !== undefined && pending.arrivesAt !== known?.settle?.arrivesAt;
  const now = runtime.clock().toISOString();
  if (isSentByUs && pending.arrivesAt > now) {
    return { ...found, settle: joined(pending, newest?.settle) };
  }
  // Ours came before the row knew of it: what is found here waits for another.
  const times = isSentByUs ? [...settling.times, now] : settling.times;
  return { ...found, settle: await settle(found, newest?.settle, { ...settling, times }, runtime) };
};
