import { setTimeout as pause } from 'node:timers/promises';
import { conflict, retryOnConflict } from '../../../lib/aws/stores/retry-on-conflict.ts';

/** Something with a version; a write counts only on the version that was read. */
const cell = () => {
  let version = 0;
  return {
    version: () => version,
    async raise() {
      const read = version;
      await pause(1);
      if (version !== read) return conflict;
      version += 1;
      return version;
    },
  };
};

describe('what several write at once', () => {
  it('is written by each in turn, however many began together', async () => {
    const { raise, version } = cell();
    const wrote = await Promise.all(Array.from({ length: 12 }, () => retryOnConflict('it', raise)));
    expect([...wrote].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    );
    expect(version()).toBe(12);
  });

  it('is given up by whoever always comes late', async () => {
    let attempts = 0;
    const late = retryOnConflict('the row', async () => {
      attempts += 1;
      return conflict;
    });
    await expect(late).rejects.toThrow('the row was written by others 20 times in a row');
    expect(attempts).toBe(20);
  });

  it('is not tried again where it failed', async () => {
    let attempts = 0;
    const failing = retryOnConflict('the row', async () => {
      attempts += 1;
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(attempts).toBe(1);
  });
});
