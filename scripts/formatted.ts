import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules', '.bin', 'biome');

/** What the linter asks of a file. */
const settings = async (): Promise<string> => {
  const { formatter, javascript, linter } = JSON.parse(
    await readFile(join(root, 'biome.json'), 'utf8'),
  );
  return JSON.stringify({ root: true, formatter, javascript, linter });
};

/** As the linter wants them, by their paths: sorted and wrapped. One process does all of them. */
export const allFormatted = async (
  files: ReadonlyMap<string, string>,
): Promise<Map<string, string>> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-formatted-'));
  try {
    await writeFile(join(folder, 'biome.json'), await settings());
    for (const [file, text] of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    // No file may be too large: a table of a megabyte is one.
    const size = ['--files-max-size=10000000', '--max-diagnostics=none'];
    await promisify(execFile)(biome, ['check', '--write', ...size, '.'], { cwd: folder });
    const made = new Map<string, string>();
    for (const file of files.keys()) made.set(file, await readFile(join(folder, file), 'utf8'));
    return made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
