import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
// @ts-expect-error: plain JavaScript, which runs before anything is installed
import { freshEntry } from '../../scripts/fresh-cli.mjs';

describe('the command line that is built of the sources as they are', () => {
  let root = '';
  const source = () => join(root, 'lib', 'word.ts');
  /** What is built just after a write is not kept: the write may have come in between. */
  const write = async (text: string) => {
    writeFileSync(source(), text);
    await sleep(100);
  };
  const said = async (entry: string) =>
    Reflect.get(await import(pathToFileURL(entry).href), 'word');
  const entryNow = (): Promise<string> => freshEntry('plumbline', root);
  beforeEach(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-fresh-')));
    for (const folder of ['bin', 'lib', 'scripts', 'node_modules']) mkdirSync(join(root, folder));
    for (const file of ['package.json', 'package-lock.json', 'tsconfig.json'])
      writeFileSync(join(root, file), '{}');
    writeFileSync(join(root, 'scripts', 'fresh-cli.mjs'), '');
    writeFileSync(join(root, 'bin', 'plumbline.ts'), "export { word } from '../lib/word.ts';");
    await write("export const word: string = 'one';");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is built once, and then found', async () => {
    const first = await entryNow();
    expect(await said(first)).toBe('one');
    expect(await entryNow()).toBe(first);
  });

  it('is never of other sources, also where size and time of a file were put back', async () => {
    const first = await entryNow();
    const { atime, mtime } = statSync(source());
    await write("export const word: string = 'two';");
    utimesSync(source(), atime, mtime);
    await sleep(100);
    const second = await entryNow();
    expect(second).not.toBe(first);
    expect(await said(second)).toBe('two');
    // A process that began before goes on with what it began with.
    expect(statSync(first).isFile()).toBe(true);
  });

  it('is not kept where a source changed just now', async () => {
    writeFileSync(source(), "export const word: string = 'new';");
    expect(await entryNow()).toBeUndefined();
    await sleep(100);
    expect(await said(await entryNow())).toBe('new');
  });

  it('finds what lies beside a source', async () => {
    await write('export const word: string = import.meta.url;');
    expect(await said(await entryNow())).toBe(pathToFileURL(source()).href);
  });

  it('leaves it to the sources where they do not compile, or nothing may be kept', async () => {
    await write('export const word: string =');
    expect(await entryNow()).toBeUndefined();
    await write("export const word: string = 'three';");
    rmSync(join(root, 'node_modules'), { recursive: true });
    writeFileSync(join(root, 'node_modules'), 'not a folder');
    expect(await entryNow()).toBeUndefined();
  });

  it('is, of `check` alone, what the package would have of the sources and of what builds them', async () => {
    writeFileSync(
      join(root, 'scripts', 'command-line.ts'),
      `import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ending } from './ending.ts';
export const checkApart = async (folder: string) => {
  writeFileSync(join(folder, 'check.cjs'), 'exports.word = ' + JSON.stringify('one' + ending));
  return { metafile: { inputs: { 'lib/word.ts': {} } } };
};`,
    );
    const ending = (text: string) =>
      writeFileSync(
        join(root, 'scripts', 'ending.ts'),
        `export const ending = ${JSON.stringify(text)};`,
      );
    const checkNow = (): Promise<string> => freshEntry('check', root);
    ending('!');
    await sleep(100);
    const first = await checkNow();
    expect(await said(first)).toBe('one!');
    expect(await checkNow()).toBe(first);
    await write("export const word: string = 'other';");
    const second = await checkNow();
    expect(second).not.toBe(first);
    ending('?');
    await sleep(100);
    expect(await said(await checkNow())).toBe('one?');
  });
});
