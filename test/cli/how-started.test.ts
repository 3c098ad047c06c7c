import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { howStarted } from '../../lib/cli/how-started.ts';

describe('how a command is run again', () => {
  let root = '';
  const at = (...parts: string[]) => join(root, ...parts);
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-started-')));
    for (const folder of ['checkout/bin', 'checkout/lib', 'app/node_modules/.bin', 'path', 'other'])
      mkdirSync(at(folder), { recursive: true });
    mkdirSync(at('app', 'node_modules', '@plumbline-aws', 'plumbline', 'bin'), { recursive: true });
    const packed = at('app', 'node_modules', '@plumbline-aws', 'plumbline', 'bin', 'plumbline.cjs');
    for (const file of [at('checkout', 'bin', 'plumbline.cjs'), packed]) writeFileSync(file, '');
    for (const folder of ['checkout', 'app']) writeFileSync(at(folder, 'package.json'), '{}');
    symlinkSync(packed, at('app', 'node_modules', '.bin', 'plumbline'));
    symlinkSync(at('checkout', 'bin', 'plumbline.cjs'), at('path', 'plumbline'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const npx = 'npx --no-install plumbline';
  const cases: Readonly<Record<string, readonly [program: string, cwd: string, path: string]>> = {
    'in a checkout': ['checkout/bin/plumbline.cjs', 'checkout', '/usr/bin'],
    'by npm start': ['checkout/bin/plumbline.ts', 'checkout', '/usr/bin'],
    'below a checkout': ['checkout/bin/plumbline.cjs', 'checkout/lib', '/usr/bin'],
    'in an app that has installed it': ['app/node_modules/.bin/plumbline', 'app', '/usr/bin'],
  };
  it.each(Object.entries(cases))('%s: by npx', (_, [program, cwd, path]) => {
    const started = { program: at(program), cwd: at(cwd), env: { PATH: path } };
    expect(howStarted(started)).toBe(npx);
  });

  it('by its name alone where the shell finds it, and it is this one', () => {
    const started = { program: at('path', 'plumbline'), cwd: at('other') };
    expect(howStarted({ ...started, env: { PATH: `/nowhere:${at('path')}` } })).toBe('plumbline');
    const foreign = { program: at('app/node_modules/.bin/plumbline'), cwd: at('app') };
    expect(howStarted({ ...foreign, env: { PATH: at('path') } })).toBe(npx);
    const byNpm = { PATH: at('app/node_modules/.bin') };
    expect(howStarted({ ...foreign, env: byNpm })).toBe(npx);
  });

  it('by its path elsewhere, where npx would fetch another project’s', () => {
    const started = { program: at('checkout/bin/plumbline.cjs'), cwd: at('other'), env: {} };
    expect(howStarted(started)).toBe(`node ${at('checkout/bin/plumbline.cjs')}`);
  });
});
