// Everything that must hold before a change lands, in order; stops at the first that does not.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'plumbline-check-'));
const totalsFile = join(folder, 'totals.json');

const steps = [
  { name: 'lint', args: ['run', '-s', 'lint'] },
  { name: 'types', args: ['run', '-s', 'types'] },
  { name: 'generated files', args: ['run', '-s', 'generate', '--', '--check'] },
  {
    name: 'tests',
    args: ['run', '-s', 'unit', '--', '--json', `--outputFile=${totalsFile}`],
    shown: true,
  },
  { name: 'synth', args: ['run', '-s', 'synth'] },
];

// What Node and the SDK say of their own future is no result of a check.
const env = {
  ...process.env,
  NODE_NO_WARNINGS: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

let running;
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    running?.kill(signal);
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });

/** Runs npm; its output is kept until it is known to have failed, unless it is to be shown as it comes. */
const run = ({ args, shown = false }) =>
  new Promise((resolve) => {
    const output = [];
    // Jest's report goes to standard output when it writes JSON; people read its standard error.
    running = spawn('npm', args, {
      cwd: root,
      env,
      stdio: ['ignore', shown ? 'ignore' : 'pipe', shown ? 'inherit' : 'pipe'],
    });
    running.stdout?.on('data', (chunk) => output.push(chunk));
    running.stderr?.on('data', (chunk) => output.push(chunk));
    running.on('error', (error) => resolve({ ok: false, output: error.message }));
    running.on('close', (code) =>
      resolve({ ok: code === 0, output: Buffer.concat(output).toString() }),
    );
  });

const totals = () => {
  try {
    const report = JSON.parse(readFileSync(totalsFile, 'utf8'));
    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = report;
    // A file that does not load has no tests that could fail.
    const failed = Math.max(numFailedTests, numFailedTestSuites);
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
    return `${numPassedTests} passed, ${failed} failed${skipped}`;
  } catch {
    return undefined;
  }
};

let failed;
for (const step of steps) {
  const start = performance.now();
  const { ok, output } = await run(step);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${step.name.padEnd(16)} ${seconds.padStart(6)} s`);
  if (ok) continue;
  if (output) console.error(output.trimEnd());
  failed = step.name;
  break;
}
if (failed) console.log(`stopped: ${failed} failed`);
console.log(totals() ?? '0 passed, 0 failed (the tests were not reached)');
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
