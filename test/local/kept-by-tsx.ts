import { symlink } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Lets a folder for temporary files have what tsx has made of TypeScript: made anew that takes ten seconds of a processor. */
export const keepWhatTsxMade = (folder: string): Promise<void> => {
  const kept = `tsx-${userInfo().uid}`;
  return symlink(join(tmpdir(), kept), join(folder, kept));
};
