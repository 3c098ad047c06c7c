import { readdir } from 'node:fs/promises';
import { type Evaluated, evaluated } from '../harness.ts';

/**
 * Loads the table of every control, without the tests in the files: what is measured are the rows. A benchmark loads them
 * outside Jest, so that a row may not need `expect`.
 */
export const rowsOfTables = async (): Promise<readonly Evaluated[]> => {
  const names = ['describe', 'it', 'test', 'expect'] as const;
  const before = names.map((name) => [name, Reflect.get(globalThis, name)] as const);
  const skip = Object.assign(() => {}, { each: () => () => {} });
  for (const name of names) Reflect.set(globalThis, name, name === 'expect' ? undefined : skip);
  const tables = new URL('../', import.meta.url);
  for (const file of (await readdir(tables, { recursive: true })).toSorted()) {
    const isTable = file.endsWith('.test.ts') && !/(^|\/)(shared|growth)\//.test(file);
    if (isTable) await import(new URL(file, tables).href);
  }
  for (const [name, value] of before) Reflect.set(globalThis, name, value);
  return evaluated;
};
