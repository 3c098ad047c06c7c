import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine } from '../scripts/command-line.ts';

/** The command line as the package has it, in a folder of its own; what it keeps of compiled code is there too. */
export const packaged = async (folder: string): Promise<string> => {
  await commandLine(join(folder, 'dist'));
  const bin = join(folder, 'bin');
  await cp('bin', bin, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  return join(bin, 'plumbline.cjs');
};
