import { once } from 'node:events';
import { blocksOf } from '../../support/blocks.ts';

/** Writes to standard output no faster than it is read, and no more than that. */
export const printed = async (pieces: Iterable<string>): Promise<void> => {
  const { stdout } = process;
  for (const block of blocksOf(pieces)) {
    if (!stdout.writable) return;
    // Why it cannot be written is told where that is heard.
    if (!stdout.write(block)) await once(stdout, 'drain').catch(() => {});
  }
};
