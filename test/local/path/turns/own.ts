import { readdir, readFile } from 'node:fs/promises';
import { loadedWithoutTests } from '../../../controls/without-tests.ts';
import type { Turn } from './turn.ts';

const tables = new URL('../../../controls/', import.meta.url);

/** The turns that tests of controls export as `turn`. The others' files are not loaded. */
export const ownTurns = async (): Promise<readonly Turn[]> => {
  const files = (await readdir(tables, { recursive: true }))
    .filter((file) => file.endsWith('.test.ts'))
    .toSorted()
    .map((file) => new URL(file, tables));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const withTurn = files.filter((_, index) =>
    /^export const turn: Turn =/m.test(texts[index] ?? ''),
  );
  return (await loadedWithoutTests(withTurn)).map((module) => module['turn'] as Turn);
};
