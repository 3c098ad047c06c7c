import { setTimeout as pause } from 'node:timers/promises';

/** What an attempt answers that another writer came before. */
export const conflict = Symbol('lost');

const mostTries = 20;
const firstPauseMs = 10;
/** After so many tries the pauses grow no longer. */
const mostDoublings = 5;

/**
 * Makes an attempt until no other writer comes before it. Throws after twenty.
 * @param what names what is written, for the error
 */
export const retryOnConflict = async <T>(
  what: string,
  attempt: () => Promise<T | typeof conflict>,
): Promise<T> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    // Writers that met once would meet again, were it not for chance.
    if (tries > 0) await pause(Math.random() * firstPauseMs * 2 ** Math.min(tries, mostDoublings));
    const answer = await attempt();
    if (answer !== conflict) return answer;
  }
  throw new Error(`${what} was written by others ${mostTries} times in a row`);
};
