import { readdir, readFile } from 'node:fs/promises';
import { loadedWithoutTests } from './without-tests.ts';

/** Of what there are tests, by their folder. */
type Tested = 'controls' | 'resources';

const read = async (tested: Tested) => {
  const folder = new URL(`${tested}/`, import.meta.url);
  const files = (await readdir(folder, { recursive: true }))
    .filter((file) => file.endsWith('.test.ts'))
    .toSorted()
    .map((file) => new URL(file, folder));
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(file, 'utf8') }) as const),
  );
};
const known = new Map<Tested, ReturnType<typeof read>>();

/**
 * What tests export for others, as `export const drift: Drift = …` for a name and a type. Files without it are not loaded.
 */
export const exportedByTests = async <T>(
  name: string,
  type: string,
  tested: Tested = 'controls',
): Promise<readonly T[]> => {
  const all = known.get(tested) ?? read(tested);
  known.set(tested, all);
  const line = new RegExp(`^export const ${name}: ${type} =`, 'm');
  const files = (await all).flatMap(({ file, text }) => (line.test(text) ? [file] : []));
  return (await loadedWithoutTests(files)).map((module) => module[name] as T);
};
