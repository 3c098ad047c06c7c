import { readdir } from 'node:fs/promises';

interface Part {
  readonly part: number;
  readonly of: number;
}

/**
 * Loads a part of a folder's files into one test file: to load the catalogue, or the CDK, for each of them takes longer than
 * to run it. `npm run check` and `npm test` run these; a file alone is run by its own name. `batched` of
 * `jest.config.mjs` says which files these are: none that has hooks for each test outside of a `describe`, or sets the
 * environment.
 */
export const load = async (name: string, { part, of }: Part): Promise<void> => {
  const files = JSON.parse(process.env['PLUMBLINE_BATCHES'] ?? '{}')[name];
  const root = new URL('../../', import.meta.url);
  const folder = new URL(`${files.folder}/`, root);
  const wanted = new RegExp(files.wanted);
  const found = (await readdir(folder, { recursive: true })).filter((file) => wanted.test(file));
  for (const file of found.toSorted().filter((_, index) => index % of === part - 1))
    await import(new URL(file, folder).href);
};
