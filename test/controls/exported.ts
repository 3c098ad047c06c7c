import { readdir, readFile } from 'node:fs/promises';
import { loadedWithoutTests } from './without-tests.ts';

const tables = new URL('./', import.meta.url);

const read = async () => {
  const files = (await readdir(tables, { recursive: true }))
    .filter((file) => file.endsWith('.test.ts'))
    .toSorted()
    .map((file) => new URL(file, tables));
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(file, 'utf8') }) as const),
  );
};
let known: ReturnType<typeof read> | undefined;

/**
 * What tests of controls export for others, as `export const drift: Drift = …` for a name and a type. Files without it are not
 * loaded.
 */
export const exportedByTests = async <T>(name: string, type: string): Promise<readonly T[]> => {
  known ??= read();
  const line = new RegExp(`^export const ${name}: ${type} =`, 'm');
  const files = (await known).flatMap(({ file, text }) => (line.test(text) ? [file] : []));
  return (await loadedWithoutTests(files)).map((module) => module[name] as T);
};
