import { readdir } from 'node:fs/promises';

/**
 * Loads every second of the tables of controls into one test file: to load the catalogue for each of them takes three
 * times as long as to try its rows. `npm run check` and `npm test` run these; a table alone is run by its own name.
 */
export const loadTables = async (half: 0 | 1): Promise<void> => {
  const folder = new URL('../controls/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).toSorted();
  const tables = files.filter((file) => /^(?!growth\/).*(?<!\.local)\.test\.ts$/.test(file));
  for (const table of tables.filter((_, index) => index % 2 === half))
    await import(new URL(table, folder).href);
};
