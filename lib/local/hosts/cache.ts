import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where what is costly to fetch is kept between runs, outside the repository. */
export const cacheFolder = (...names: readonly string[]) =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'plumbline', ...names);

/** The folder, made if it is missing: beside its place and renamed when it is whole, by one process while others wait. */
export const madeOnce = async (
  folder: string,
  make: (partial: string) => Promise<void>,
): Promise<string> => {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const release = await lock(`${folder}.lock`);
  try {
    if (existsSync(folder)) return folder;
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial);
    try {
      await make(partial);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    await rename(partial, folder);
    return folder;
  } finally {
    await release();
  }
};

const lock = async (path: string): Promise<() => Promise<void>> => {
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if (Object(error).code !== 'EEXIST') throw error;
      if (await isStale(path)) await rm(path, { force: true });
      else await sleep(200);
    }
  }
};

const isStale = async (path: string) => {
  const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
  // One that is being written or was just released is not stale.
  return owner > 0 && !existsSync(`/proc/${owner}`);
};
