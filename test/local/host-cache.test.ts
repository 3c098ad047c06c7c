import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { madeOnce } from '../../lib/local/hosts/cache.ts';

let folder: string;
let made = 0;
beforeEach(async () => {
  made = 0;
  folder = join(await mkdtemp(join(tmpdir(), 'plumbline-cache-')), 'thing');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const make = async (partial: string) => {
  made += 1;
  await new Promise((resolve) => setTimeout(resolve, 100));
  await writeFile(join(partial, 'file'), 'whole');
};
const content = () => readFile(join(folder, 'file'), 'utf8');

describe('a folder that is made once', () => {
  it('is made once for all who ask at the same time, and later', async () => {
    const all = await Promise.all([1, 2, 3].map(() => madeOnce(folder, make)));
    expect(new Set(all)).toEqual(new Set([folder]));
    await madeOnce(folder, make);
    expect([made, await content()]).toEqual([1, 'whole']);
  });

  it('is not there after it could not be made, and can be made then', async () => {
    const fail = async (partial: string) => {
      await writeFile(join(partial, 'half'), '');
      throw new Error('no network');
    };
    await expect(madeOnce(folder, fail)).rejects.toThrow('no network');
    expect([folder, `${folder}.partial`, `${folder}.lock`].filter(existsSync)).toEqual([]);
    await madeOnce(folder, make);
    expect(existsSync(join(folder, 'half'))).toBe(false);
  });

  it('is made although somebody died who was making it', async () => {
    const noProcess = 2 ** 22 + 1;
    await writeFile(`${folder}.lock`, String(noProcess));
    await madeOnce(folder, make);
    expect(await content()).toBe('whole');
  });
});
