import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from './execute.ts';
import { type LastWill, lastWill, quoted } from './last-will.ts';

/** A writable copy of a base root in memory, at no cost: what is not written is the base's own. */
export interface Overlay {
  /** Where the root is mounted. */
  readonly path: string;
  /** For files beside the root, gone with it. */
  readonly folder: string;
  /** Runs when the overlay goes, before it is unmounted. */
  readonly will: LastWill;
}

/** Mounts a root over the bases, the first of which is the uppermost. */
export const mountOverlay = async (...bases: readonly string[]): Promise<Overlay> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-host-'));
  const will = lastWill();
  const path = join(folder, 'root');
  will.add(`rmdir ${quoted(folder)}`);
  // Lazily: a process that is still there may have it open.
  will.add(`umount --lazy ${quoted(path)} ${quoted(folder)} 2>/dev/null`);
  try {
    // In memory an upper layer can lie on any machine, also where / is itself an overlay.
    await output('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'plumbline-host', folder]);
    for (const name of ['upper', 'work', 'root']) await mkdir(join(folder, name));
    const layers = `lowerdir=${bases.join(':')},upperdir=${folder}/upper,workdir=${folder}/work`;
    await output('mount', ['-t', 'overlay', '-o', layers, 'plumbline-host', path]);
  } catch (error) {
    await will.execute();
    throw error;
  }
  return { path, folder, will };
};
