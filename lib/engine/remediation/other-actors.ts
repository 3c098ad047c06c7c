import type { EventCause } from '../changes/change.ts';
import { nameOf } from '../findings/who.ts';
import type { Action } from './action.ts';

/** Somebody's events on the resource that an action did not know of when it began. */
export const otherActorsAmong = (
  { startedAt, driftEvents = [] }: Pick<Action, 'startedAt' | 'driftEvents'>,
  events: readonly EventCause[],
): readonly EventCause[] => {
  // CloudTrail's times have whole seconds: what was known when the action began is older, the rest of that second is not.
  const from = startedAt.slice(0, 19);
  return events.filter(
    ({ id, time, ours, via, reach }) =>
      !ours &&
      via === 'cloudtrail' &&
      reach === undefined &&
      time >= from &&
      !driftEvents.includes(id),
  );
};

export const otherActorsText = (otherActors: readonly EventCause[]): string =>
  [...new Set(otherActors.map((event) => `${nameOf(event)} (${event.call ?? 'a change'})`))]
    .slice(0, 3)
    .join(', ');
