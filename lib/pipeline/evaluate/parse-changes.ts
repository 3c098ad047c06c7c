import type { Change, TypeChange } from '../../engine/changes/change.ts';
import { arrivalOf } from '../../engine/changes/event-to-changes.ts';
import { isAway } from '../../engine/changes/place.ts';
import { hostInstance, isOnHost } from '../hosts/host-instance.ts';
import type { HowReceived, Parsed } from '../runtime/batch.ts';
import type { Runtime } from '../runtime/runtime.ts';

/**
 * Hands on what is not evaluated here: types that a message leaves open are listed, and changes of hosts go to those
 * who listen to hosts. Those of another account are audited by nobody.
 */
const handOn = async (
  sweeps: readonly TypeChange[],
  onHosts: readonly Change[],
  { queues, place }: Runtime,
): Promise<void> => {
  if (sweeps.length > 0) await queues.sweepTypes(sweeps);
  for (const { ref } of onHosts) if (!isAway(ref, place)) await queues.reviewHost?.(ref.id);
};

/** The changes that a message tells of. What it tells besides is handed on meanwhile, once it is proven ours. */
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
  const onHosts = changes.filter(isOnHost);
  const isHandedOn = sweeps.length > 0 || onHosts.length > 0;
  const meanwhile = isHandedOn
    ? isOurs.then(async (ours) => {
        if (ours) await handOn(sweeps, onHosts, runtime);
      })
    : undefined;
  const ids = {
    changes: changes.map(({ type, ref, cause }) => ({
      type,
      id: ref.id,
      cause: cause.kind,
      ...(cause.kind === 'event' ? { eventId: cause.id, call: cause.call } : {}),
    })),
    sweeps: sweeps.map(({ sweep }) => sweep),
  };
  const items = changes.filter((change) => !isOnHost(change));
  return { items, ids, ...(meanwhile ? { meanwhile } : {}) };
};
