import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../lib/support/user-error.ts';
import { allFormatted } from './formatted.ts';

/** Writes new files and returns their paths; writes none where one of them is there already. */
export const writeNew = async (
  root: string,
  files: ReadonlyMap<string, string>,
): Promise<readonly string[]> => {
  const existing = [...files.keys()].find((file) => existsSync(join(root, file)));
  if (existing) throw new UserError(`${existing} is there already`);
  for (const [file, text] of await allFormatted(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return [...files.keys()];
};

/** Runs a script that was started by its name: prints what it wrote, or one sentence of what is wrong. */
export const runScript = async (
  url: string,
  script: (root: string) => Promise<readonly string[]>,
): Promise<void> => {
  if (process.argv[1] !== fileURLToPath(url)) return;
  try {
    const files = await script(fileURLToPath(new URL('..', url)));
    for (const file of files) console.log(file);
    console.log('Write them, then: npm run generate');
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode = 1;
  }
};
