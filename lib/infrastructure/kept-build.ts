import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

export interface KeptFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/**
 * What is built of sources, once for all processes that are given the same folder in PLUMBLINE_BUILDS: `npm test` gives
 * one to all that it starts and removes it at its end, and no source changes between. Without it nothing is kept.
 */
export const keptBetweenProcesses = async <Built extends object>(
  key: string,
  build: () => Promise<Built>,
): Promise<Built> => {
  const folder = process.env['PLUMBLINE_BUILDS'];
  if (folder === undefined) return build();
  const place = join(folder, createHash('sha256').update(key).digest('hex'));
  const kept = await readFile(place).catch(() => undefined);
  if (kept) return deserialize(kept);
  const built = await build();
  // Renamed when it is whole: another process may look meanwhile.
  const partial = `${place}.${randomUUID()}`;
  await writeFile(partial, serialize(built));
  await rename(partial, place);
  return built;
};
