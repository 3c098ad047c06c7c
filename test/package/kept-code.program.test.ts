import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { checkApart } from '../../scripts/command-line.ts';

/** Node before 20.15 and 22.2 has no sum of this kind: there each start compiles. */
const canKeep = 'crc32' in zlib;
const whereItCan = canKeep ? describe : describe.skip;

const template = 'Resources:\n  Logs:\n    Type: AWS::S3::Bucket\n';
interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

whereItCan('what is compiled of check', () => {
  let root = '';
  let plain: Said;
  const at = (...parts: string[]) => join(root, ...parts);
  const kept = () => at('cache', 'plumbline', 'check');
  const names = () => readdirSync(kept()).sort();
  const started = () => names().find((name) => name.startsWith('check-started.cjs-')) ?? '';
  /** Which files there are, and each as it was written. */
  const state = () =>
    names().map((name) => [name, statSync(join(kept(), name), { bigint: true }).ino]);

  const check = (env: NodeJS.ProcessEnv = {}, flags: readonly string[] = []): Promise<Said> =>
    new Promise((done) => {
      const args = [...flags, at('bin/plumbline.cjs'), 'check', at('template.yaml')];
      const { NODE_DISABLE_COMPILE_CACHE: _, ...rest } = process.env;
      execFile(
        process.execPath,
        args,
        { cwd: root, env: { ...rest, XDG_CACHE_HOME: at('cache'), ...env } },
        (error, stdout, stderr) => done({ status: Number(error?.code ?? 0), stdout, stderr }),
      );
    });
  /** It is said what is said without anything kept, and what is kept then is taken by the next start. */
  const saysTheSameAndMends = async () => {
    expect(await check()).toEqual(plain);
    const mended = state();
    expect(await check()).toEqual(plain);
    expect(state()).toEqual(mended);
  };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'plumbline-kept-'));
    mkdirSync(at('bin'));
    for (const file of ['plumbline.cjs', 'kept-code.cjs'])
      copyFileSync(`bin/${file}`, at('bin', file));
    writeFileSync(at('template.yaml'), template);
    await checkApart(at('dist'));
    plain = await check({ NODE_DISABLE_COMPILE_CACHE: '1' });
  }, 120_000);
  beforeEach(() => rmSync(at('cache'), { recursive: true, force: true }));
  afterAll(() => rmSync(root, { recursive: true }));

  // What a file exports is read once, when it has run.
  it('has no export that gets another value', () => {
    const sources = ['bin', 'lib'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name)),
    );
    expect(sources.length).toBeGreaterThan(500);
    const isChanged = (file: string) => /^export (?:let|var)\b/m.test(readFileSync(file, 'utf8'));
    expect(sources.filter(isChanged)).toEqual([]);
  });

  it('is kept nowhere where that is turned off', () => {
    expect(plain.status).toBe(1);
    expect(plain.stdout).toContain('1 resource in 1 file');
    expect(plain.stderr).toBe('');
    expect(existsSync(at('cache'))).toBe(false);
  });

  it('is taken by the next start, which writes nothing, and is for its user alone', async () => {
    await saysTheSameAndMends();
    // All but the first file, which sets the flags.
    expect(names().length).toBeGreaterThan(4);
    expect(statSync(kept()).mode & 0o777).toBe(0o700);
    for (const name of names()) expect(statSync(join(kept(), name)).mode & 0o777).toBe(0o600);
  });

  it('is completed by a run that loads more', async () => {
    await check();
    const before = new Map(state().map(([name, ino]) => [name, ino]));
    writeFileSync(at('more.yaml'), 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n');
    await new Promise((done) =>
      execFile(
        process.execPath,
        [at('bin/plumbline.cjs'), 'check', at('more.yaml')],
        { env: { ...process.env, XDG_CACHE_HOME: at('cache') } },
        done,
      ),
    );
    expect(names().length).toBeGreaterThan(before.size);
    expect(statSync(join(kept(), started()), { bigint: true }).ino).not.toBe(before.get(started()));
    await saysTheSameAndMends();
  });

  const damaged: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
    'is cut': (bytes) => bytes.subarray(0, bytes.length / 2),
    'has lost its last byte': (bytes) => bytes.subarray(0, -1),
    'is empty': () => Buffer.alloc(0),
    'has three bytes': () => Buffer.from('abc'),
    'is all zeros': (bytes) => Buffer.alloc(bytes.length),
    'is changed in its middle': (bytes) => {
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      return bytes;
    },
    'is changed in its head': (bytes) => {
      bytes[20] = (bytes[20] ?? 0) ^ 0x80;
      return bytes;
    },
  };
  it.each(Object.keys(damaged))('is compiled again where it %s', async (how) => {
    await check();
    for (const name of names()) {
      const path = join(kept(), name);
      writeFileSync(path, damaged[how]?.(readFileSync(path)) ?? '');
    }
    await saysTheSameAndMends();
  });

  it('is compiled again where it is that of another file', async () => {
    await check();
    const before = readFileSync(join(kept(), started()));
    const [other = ''] = names().filter((name) => name !== started());
    copyFileSync(join(kept(), other), join(kept(), started()));
    await saysTheSameAndMends();
    expect(readFileSync(join(kept(), started())).length).toBeGreaterThan(before.length / 2);
  });

  it('is what the file says now, also where it is as long as before', async () => {
    await check();
    const file = at('dist', 'check-started.cjs');
    const text = readFileSync(file, 'utf8');
    const changed = text.replaceAll('} exempted`', '} EXEMPTED`');
    expect(changed === text).toBe(false);
    writeFileSync(file, changed);
    try {
      expect((await check()).stdout).toBe(plain.stdout.replace('0 exempted', '0 EXEMPTED'));
    } finally {
      writeFileSync(file, text);
    }
    expect(await check()).toEqual(plain);
  });

  it('is kept apart for each version and its flags', async () => {
    await check();
    const before = state();
    const flags = ['--no-flush-bytecode'];
    expect(await check({}, flags)).toEqual(plain);
    expect(names().length).toBe(2 * before.length);
    const both = state();
    expect(both).toEqual(expect.arrayContaining(before));
    expect([await check({}, flags), await check()]).toEqual([plain, plain]);
    expect(state()).toEqual(both);
    for (const name of names()) expect(name).toContain(`-${process.version}-${process.arch}-`);
  });

  it('is the same for several that start at once', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => check()));
    expect(all).toEqual(all.map(() => plain));
    // A name that is written before it is put in place has two numbers more.
    expect(names().filter((name) => /-\d+-\d{6,}$/.test(name))).toEqual([]);
    const before = state();
    expect(await check()).toEqual(plain);
    expect(state()).toEqual(before);
  });

  it.each(['.', 'plumbline', 'plumbline/check'])(
    'is kept nowhere where others may write %s of the cache',
    async (lax) => {
      mkdirSync(kept(), { recursive: true, mode: 0o700 });
      chmodSync(at('cache', lax), 0o770);
      expect(await check()).toEqual(plain);
      expect(names()).toEqual([]);
    },
  );

  it.each(['.', 'plumbline', 'plumbline/check'])(
    'is kept nowhere where %s of the cache leads to another folder',
    async (linked) => {
      mkdirSync(kept(), { recursive: true, mode: 0o700 });
      const elsewhere = at('elsewhere');
      renameSync(at('cache', linked), elsewhere);
      symlinkSync(elsewhere, at('cache', linked));
      try {
        expect(await check()).toEqual(plain);
        expect(names()).toEqual([]);
      } finally {
        rmSync(at('cache'), { recursive: true, force: true });
        rmSync(elsewhere, { recursive: true, force: true });
      }
    },
  );

  it.each(['/proc/none', 'cache'])('is kept nowhere where the cache is %s', async (place) => {
    expect(await check({ XDG_CACHE_HOME: place })).toEqual(plain);
    expect(existsSync(at('cache'))).toBe(false);
  });

  it('is not asked for where the home is a file, or nothing can be put in its place', async () => {
    const { XDG_CACHE_HOME: _, ...nowhere } = { XDG_CACHE_HOME: '' };
    expect(await check({ ...nowhere, XDG_CACHE_HOME: '', HOME: at('template.yaml') })).toEqual(
      plain,
    );
    await check();
    const before = names();
    for (const name of before) {
      rmSync(join(kept(), name));
      mkdirSync(join(kept(), name, 'full'), { recursive: true });
    }
    expect(await check()).toEqual(plain);
    expect(names()).toEqual(before);
  });

  it('goes when it is of former versions', async () => {
    await check();
    const own = names();
    rmSync(join(kept(), started()));
    for (let n = 0; n < 700; n += 1) {
      writeFileSync(join(kept(), `check-OLD${n}.cjs-v18.0.0-x64-0-0`), 'old');
      utimesSync(join(kept(), `check-OLD${n}.cjs-v18.0.0-x64-0-0`), 1, 1);
    }
    expect(await check()).toEqual(plain);
    expect(names().length).toBe(300);
    expect(names()).toEqual(expect.arrayContaining(own));
  });
});
