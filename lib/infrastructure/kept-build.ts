import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

export interface KeptFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** Where something is kept by its key; `undefined` where nothing is. */
const placeOf = (key: string): string | undefined => {
  const folder = process.env['PLUMBLINE_BUILDS'];
  return folder ? join(folder, createHash('sha256').update(key).digest('hex')) : undefined;
};
/** While it is made it has another name: another process may look meanwhile. */
const partOf = (place: string) => `${place}.${randomUUID()}`;

/**
 * What is built of sources, once for all processes that are given the same folder in PLUMBLINE_BUILDS: `npm test` gives
 * one to all that it starts and removes it at its end, and no source changes between. Without it nothing is kept.
 */
export const keptBetweenProcesses = async <Built extends object>(
  key: string,
  build: () => Promise<Built>,
): Promise<Built> => {
  const place = placeOf(key);
  if (place === undefined) return build();
  const kept = await readFile(place).catch(() => undefined);
  if (kept) return deserialize(kept);
  const built = await build();
  const part = partOf(place);
  await writeFile(part, serialize(built));
  await rename(part, place);
  return built;
};

/** A folder that is filled once for all of them, and that none of them changes; `undefined` where nothing is kept. */
export const folderBetweenProcesses = async (
  key: string,
  fill: (folder: string) => Promise<unknown>,
): Promise<string | undefined> => {
  const place = placeOf(key);
  if (place === undefined || existsSync(place)) return place;
  const part = partOf(place);
  await fill(part);
  await rename(part, place).catch(async (error) => {
    // Somebody else was first.
    if (!existsSync(place)) throw error;
    await rm(part, { recursive: true });
  });
  return place;
};
