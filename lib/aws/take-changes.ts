import { arrivalOf } from '../engine/arrival.ts';
import type { Change } from '../engine/change.ts';
import type { Taken } from './batch.ts';
import type { Engine } from './engine.ts';

/** The changes that a message tells of; types that it leaves open are sent to be listed. */
export const takeChanges = async (body: unknown, engine: Engine): Promise<Taken<Change>> => {
  const arrival = arrivalOf(body, engine.types, engine.place);
  if ('dropped' in arrival) return { items: [], dropped: arrival.dropped, ids: {} };
  const { changes, sweeps } = arrival;
  if (sweeps.length > 0) await engine.queues.sweepTypes(sweeps);
  const ids = {
    changes: changes.map(({ type, ref, cause }) => ({
      type,
      id: ref.id,
      cause: cause.kind,
      ...(cause.kind === 'event' ? { eventId: cause.id, call: cause.call } : {}),
    })),
    sweeps: sweeps.map(({ sweep }) => sweep),
  };
  return { items: changes, ids };
};
