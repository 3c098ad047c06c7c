import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Node 20 and 22.0 keep nothing, and start all the same. */
const canKeep = 'enableCompileCache' in module;

describe('what Node compiles of the package', () => {
  let root = '';
  const at = (...parts: string[]) => join(root, ...parts);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'plumbline-compiled-'));
    for (const folder of ['bin', 'dist', 'home']) mkdirSync(at(folder));
    for (const file of ['plumbline.cjs', 'kept-code.cjs'])
      copyFileSync(`bin/${file}`, at('bin', file));
    const told =
      "import m from 'node:module'; console.log(m.getCompileCacheDir?.() ?? 'nowhere'); process.exitCode = 0;";
    writeFileSync(at('dist/plumbline.mjs'), told);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const keptAt = (env: NodeJS.ProcessEnv): string => {
    const { XDG_CACHE_HOME: _, ...rest } = process.env;
    return execFileSync(process.execPath, [at('bin/plumbline.cjs')], {
      env: { ...rest, HOME: at('home'), ...env },
      encoding: 'utf8',
    }).trim();
  };
  const compiled = (...cache: string[]) => at(...cache, 'plumbline', 'compiled');
  const isKept = (told: string, folder: string) =>
    canKeep ? told.startsWith(folder) : told === 'nowhere';

  it('is kept in the cache of the user', () => {
    expect(isKept(keptAt({}), compiled('home', '.cache'))).toBe(true);
    expect(existsSync(compiled('home', '.cache'))).toBe(canKeep);
    expect(isKept(keptAt({ XDG_CACHE_HOME: at('cache') }), compiled('cache'))).toBe(true);
  });

  it.each(['.', 'plumbline', 'plumbline/compiled'])(
    'is not kept where others may write %s',
    (lax) => {
      mkdirSync(compiled('cache'), { recursive: true, mode: 0o700 });
      chmodSync(at('cache', lax), 0o770);
      expect(keptAt({ XDG_CACHE_HOME: at('cache') })).toBe('nowhere');
    },
  );

  it('is not kept where the folder cannot be made', () => {
    writeFileSync(at('cache'), 'a file');
    expect(keptAt({ XDG_CACHE_HOME: at('cache') })).toBe('nowhere');
  });
});

test.each(['check.cjs', 'plumbline.mjs'])(
  'a program that never says how it ended, %s, did not end well',
  (file) => {
    const root = mkdtempSync(join(tmpdir(), 'plumbline-unended-'));
    for (const folder of ['bin', 'dist']) mkdirSync(join(root, folder));
    for (const name of ['plumbline.cjs', 'kept-code.cjs'])
      copyFileSync(`bin/${name}`, join(root, 'bin', name));
    writeFileSync(join(root, 'dist', file), 'new Promise(() => {});');
    const args = [join(root, 'bin/plumbline.cjs'), file === 'check.cjs' ? 'check' : 'scan'];
    const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache') };
    expect(spawnSync(process.execPath, args, { env }).status).toBe(2);
    rmSync(root, { recursive: true });
  },
);
