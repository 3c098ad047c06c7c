import { setTimeout as pause } from 'node:timers/promises';
import { plural } from '../../support/plural.ts';
import { attempted } from '../errors.ts';
import type { Turns } from './turns.ts';

/** What an attempt answers that another writer came before. */
export const conflict = Symbol('lost');

/** Attempts before a place in line is taken: of two writers, the second mostly needs no more. */
const mostBefore = 2;
const mostInTurn = 20;
/** How long the next in line waits for one that does not get through, in ms; the one after it waits twice as long. */
const patienceMs = 1000;
const mostWaitMs = 10_000;
const pauseMs = 15;

/** Waits for the places before this one, as long as they get on. */
const waitFor = async (turns: Turns, key: string, place: number): Promise<void> => {
  const end = Date.now() + mostWaitMs;
  let seen = -1;
  let until = 0;
  for (;;) {
    const through = await turns.through(key);
    const before = place - 1 - through;
    if (before <= 0) return;
    const now = Date.now();
    if (through > seen) until = now + patienceMs * before;
    seen = Math.max(seen, through);
    if (now >= Math.min(until, end)) return;
    await pause(pauseMs * Math.min(before, 10));
  }
};

/** Makes attempts until one comes before all other writers; `conflict` where none did. */
const triedUpTo = async <T>(
  times: number,
  attempt: () => Promise<T | typeof conflict>,
): Promise<T | typeof conflict> => {
  for (let tries = 0; tries < times; tries += 1) {
    const answer = await attempt();
    if (answer !== conflict) return answer;
  }
  return conflict;
};

/**
 * Makes an attempt until no other writer comes before it. Whoever lost twice takes a place in line, so that however many
 * began together, each writes in its turn and none depends on chance. Throws where others, who take no place, came
 * before twenty times in its turn.
 * @param key of what is written, for the line and for the error
 */
export const retryOnConflict = async <T>(
  key: string,
  turns: Turns,
  attempt: () => Promise<T | typeof conflict>,
): Promise<T> => {
  const first = await triedUpTo(mostBefore, attempt);
  if (first !== conflict) return first;
  const place = await turns.take(key);
  try {
    await waitFor(turns, key, place);
    const answer = await triedUpTo(mostInTurn, attempt);
    if (answer !== conflict) return answer;
  } finally {
    // Else the next one waits until its patience ends.
    await attempted(() => turns.leave(key, place));
  }
  throw new Error(`${key} was written by others ${plural(mostInTurn, 'time')} in a row`);
};
