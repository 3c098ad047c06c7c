import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  folderBetweenProcesses,
  keptBetweenProcesses,
} from '../../lib/infrastructure/kept-build.ts';

describe('what is built', () => {
  const before = process.env['PLUMBLINE_BUILDS'];
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-builds-'));
  let builds = 0;
  const build = async () => {
    builds += 1;
    return { files: [{ path: 'a', contents: new Uint8Array([builds]) }] };
  };
  const named = (place: string | undefined) => {
    if (place === undefined) delete process.env['PLUMBLINE_BUILDS'];
    else process.env['PLUMBLINE_BUILDS'] = place;
  };
  beforeEach(() => {
    builds = 0;
  });
  afterAll(() => {
    named(before);
    rmSync(folder, { recursive: true });
  });

  it.each([undefined, ''])('is built anew each time where no folder is given: %j', async (none) => {
    named(none);
    await keptBetweenProcesses('of one', build);
    await keptBetweenProcesses('of one', build);
    expect(builds).toBe(2);
  });

  it('is the same for all that are given a folder, by what it is built of', async () => {
    named(folder);
    const first = await keptBetweenProcesses('of one', build);
    const again = await keptBetweenProcesses('of one', build);
    expect([...(again.files[0]?.contents ?? [])]).toEqual([...(first.files[0]?.contents ?? [])]);
    expect(builds).toBe(1);
    await keptBetweenProcesses('of another', build);
    expect(builds).toBe(2);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('may be a folder, which is filled once, whoever is first', async () => {
    const fill = async (of: string) => {
      builds += 1;
      await mkdir(of);
      await writeFile(join(of, 'a'), 'whole');
    };
    named(undefined);
    expect(await folderBetweenProcesses('of a folder', fill)).toBeUndefined();
    named(folder);
    const both = [0, 1].map(() => folderBetweenProcesses('of a folder', fill));
    const [one = '', other] = await Promise.all(both);
    expect(other).toBe(one);
    expect(readFileSync(join(one, 'a'), 'utf8')).toBe('whole');
    const filled = builds;
    expect(await folderBetweenProcesses('of a folder', fill)).toBe(one);
    expect(builds).toBe(filled);
    expect(readdirSync(folder)).toHaveLength(3);
  });
});
