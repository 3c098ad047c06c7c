import { clip } from '../../support/clip.ts';
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

const mostNamed = 3;
const mostCharacters = 200;

/** Who called what, each once: the first three, in what was known before and what is new. */
export const namesOf = (
  known: readonly string[],
  events: readonly EventCause[],
): readonly string[] => {
  const names = events.map((event) =>
    clip(`${nameOf(event)} (${event.call ?? 'a change'})`, mostCharacters),
  );
  return [...new Set([...known, ...names])].slice(0, mostNamed);
};

export const otherActorsText = (otherActors: readonly EventCause[]): string =>
  namesOf([], otherActors).join(', ');
