import { readdir } from 'node:fs/promises';
import { loadedWithoutTests } from '../../without-tests.ts';
import { type Evaluated, evaluated } from '../harness.ts';

/** Loads the table of every control: what is measured are the rows. */
export const rowsOfTables = async (): Promise<readonly Evaluated[]> => {
  const tables = new URL('../', import.meta.url);
  const files = (await readdir(tables, { recursive: true })).filter(
    (file) => file.endsWith('.test.ts') && !/(^|\/)(shared|growth)\//.test(file),
  );
  await loadedWithoutTests(files.toSorted().map((file) => new URL(file, tables)));
  return evaluated;
};
