import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = new URL('../../../lib/pipeline/scan/tune-for-one-run.ts', import.meta.url).href;

test('this version of Node knows what it is told', async () => {
  // V8 complains on standard error of a flag that it does not know, and goes on.
  const program = `import { tuneForOneRun } from ${JSON.stringify(source)}; tuneForOneRun();`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  expect(await run(process.execPath, args)).toEqual({ stdout: '', stderr: '' });
});
