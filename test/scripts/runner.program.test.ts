import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const loadsTwice = `
  const Runtime = require('./test/runner/runtime.cjs');
  const runtime = new Runtime({}, {});
  const [one, other] = [1, 2].map((file) => {
    const { storage } = runtime.requireInternalModule(process.argv[1]);
    storage.enterWith(file);
    return storage;
  });
  console.log(JSON.stringify({ one: one.getStore() ?? 'ended', other: other.getStore() }));
`;

it('what Jest has for a file ends with it: else each promise of the next ones would pay for all before', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-runner-'));
  const part = join(folder, 'part.cjs');
  writeFileSync(part, `exports.storage = new (require('node:async_hooks').AsyncLocalStorage)();\n`);
  const { stdout } = spawnSync(process.execPath, ['-e', loadsTwice, part], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(JSON.parse(stdout)).toEqual({ one: 'ended', other: 2 });
});
