import { keyOf } from '../../engine/changes/change.ts';
import { joined, mostAttempts, nextSettle, type Settling } from '../../engine/evaluation/settle.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { PendingSettle, ResourceRow } from '../../engine/posture/row.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Sends the change that evaluates the resource again. It is sent before the row is written: a crash would lose it otherwise. */
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
 * Plans the settle again after another process wrote the row. The settle that this delivery sent may have arrived meanwhile,
 * and the other process may have planned one for a later event.
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
  // Our settle arrived before the row had it: another one is needed.
  const times = isSentByUs ? [...settling.times, now] : settling.times;
  return { ...found, settle: await settle(found, newest?.settle, { ...settling, times }, runtime) };
};
