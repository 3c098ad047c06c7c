import type { Change } from '../../engine/changes/change.ts';
import { arrivalOf } from '../../engine/changes/event-to-changes.ts';
import { isAway } from '../../engine/changes/place.ts';
import { hostInstance, isOnHost } from '../hosts/host-instance.ts';
import type { HowReceived, Parsed } from '../runtime/batch.ts';
import type { Runtime } from '../runtime/runtime.ts';

/**
 * Only what a host prints is read of it: its changes are handed to those who listen to hosts. Those of another account
 * are audited by nobody.
 */
const withoutHosts = async (
  changes: readonly Change[],
  { queues: { reviewHost }, place }: Runtime,
): Promise<readonly Change[]> => {
  for (const { ref } of changes.filter(isOnHost))
    if (!isAway(ref, place)) await reviewHost?.(ref.id);
  return changes.filter((change) => !isOnHost(change));
};

/** The changes that a message tells of; types that it leaves open are sent to be listed, once it is proven ours. */
export const parseChanges = async (
  body: unknown,
  runtime: Runtime,
  { provenance, isOurs }: HowReceived,
): Promise<Parsed<Change>> => {
  const { place, queues } = runtime;
  const types = queues.reviewHost ? [...runtime.types, hostInstance] : runtime.types;
  const arrival = arrivalOf(body, types, place, provenance);
  if ('dropped' in arrival) return { items: [], dropped: arrival.dropped, ids: {} };
  const { changes, sweeps } = arrival;
  const isSent = sweeps.length > 0 || changes.some(isOnHost);
  if (isSent && !(await isOurs)) return { items: [], ids: {} };
  if (sweeps.length > 0) await queues.sweepTypes(sweeps);
  const ids = {
    changes: changes.map(({ type, ref, cause }) => ({
      type,
      id: ref.id,
      cause: cause.kind,
      ...(cause.kind === 'event' ? { eventId: cause.id, call: cause.call } : {}),
    })),
    sweeps: sweeps.map(({ sweep }) => sweep),
  };
  return { items: await withoutHosts(changes, runtime), ids };
};
