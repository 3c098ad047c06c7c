import { setTimeout as pause } from 'node:timers/promises';
import { conflict, retryOnConflict } from '../../../lib/aws/stores/retry-on-conflict.ts';
import { memoryTurns } from '../../fakes/memory-turns.ts';

/** Something with a version; a write counts only on the version that was read. */
const cell = () => {
  let version = 0;
  const attempts: number[] = [];
  return {
    attempts,
    version: () => version,
    /** An attempt of one of the writers, which takes as long as it says. */
    attemptOf: (writer: number, takesMs: number) => async () => {
      attempts[writer] = (attempts[writer] ?? 0) + 1;
      const read = version;
      await pause(takesMs);
      if (version !== read) return conflict;
      version += 1;
      return version;
    },
  };
};
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('what several write at once', () => {
  it('is written by each of twenty, with a few attempts of each, however slow some are', async () => {
    const turns = memoryTurns();
    const { attemptOf, attempts, version } = cell();
    const wrote = await Promise.all(
      upTo(20).map((writer) =>
        retryOnConflict('it', turns, attemptOf(writer, 1 + (writer % 4) * 5)),
      ),
    );
    expect(wrote.toSorted((a, b) => a - b)).toEqual(upTo(20).map((index) => index + 1));
    expect(version()).toBe(20);
    // Two before it takes a place, one in its turn, and one more where somebody who has no place yet came before.
    expect(Math.max(...attempts)).toBeLessThanOrEqual(6);
  });

  it('is written although one that had a place never came through', async () => {
    const turns = memoryTurns();
    await turns.take('it');
    const { attemptOf, version } = cell();
    await Promise.all(upTo(4).map((writer) => retryOnConflict('it', turns, attemptOf(writer, 2))));
    expect(version()).toBe(4);
  });

  it('is written by somebody else after one who failed in his turn', async () => {
    const turns = memoryTurns();
    let attempts = 0;
    const failing = retryOnConflict('it', turns, async () => {
      attempts += 1;
      if (attempts > 2) throw new Error('no');
      return conflict;
    });
    await expect(failing).rejects.toThrow('no');
    expect(await turns.through('it')).toBe(1);
  });

  it('is given up by whoever always comes late', async () => {
    let attempts = 0;
    const late = retryOnConflict('the row', memoryTurns(), async () => {
      attempts += 1;
      return conflict;
    });
    await expect(late).rejects.toThrow('the row was written by others 20 times in a row');
    expect(attempts).toBe(22);
  });

  it('is not tried again where it failed', async () => {
    let attempts = 0;
    const failing = retryOnConflict('the row', memoryTurns(), async () => {
      attempts += 1;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(attempts).toBe(1);
  });
});
