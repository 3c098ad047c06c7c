import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const run = promisify(execFile);
const source = new URL('../../../lib/pipeline/scan/tune-for-one-run.ts', import.meta.url).href;

test('this version of Node knows what it is told', async () => {
  // V8 complains on standard error of a flag that it does not know, and goes on.
  const program = `
    import { keepHeapSmall, tuneForOneRun } from ${JSON.stringify(source)};
    tuneForOneRun();
    keepHeapSmall();`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  expect(await run(process.execPath, args)).toEqual({ stdout: '', stderr: '' });
});

test('the new space grows no further than to 8 MB once it is kept small', async () => {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { keepHeapSmall, tuneForOneRun } from ${JSON.stringify(source)};
    tuneForOneRun();
    keepHeapSmall();
    const held = [];
    for (let n = 0; n < 60; n += 1) {
      for (let m = 0; m < 20_000; m += 1) held.push([n, m]);
      if (held.length > 400_000) held.length = 0;
      await new Promise((done) => setTimeout(done, 6));
    }
    console.log(getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout } = await run(process.execPath, args);
  expect(Number(stdout)).toBeLessThanOrEqual(16_000_000);
});

test('a heap is marked in steps from 32 MB on, in Node 24 from 64 MB on', async () => {
  // What loads TypeScript would take as much.
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const program = `
    ${outputFiles[0]?.text}
    tuneForOneRun();
    keepHeapSmall();
    let held = [];
    for (let n = 0; n < 160; n += 1) {
      if (n < 60 && held.length > 100_000) held = [];
      for (let m = 0; m < 20_000; m += 1) held.push([n, m]);
      await new Promise((done) => setTimeout(done, 6));
    }`;
  const args = ['--trace-gc', '--input-type=module', '--eval', program];
  const { stdout } = await run(process.execPath, args);
  // Megabytes before a collection of the whole heap, and in how many steps that was prepared.
  const whole = stdout.matchAll(/Mark-Compact (\d+)\.\d .* ms in (\d+) steps/g);
  const [first, ...later] = [...whole].map(([, used, steps]) => ({
    used: Number(used),
    steps: Number(steps),
  }));
  const isLate = Number(process.versions.v8.split('.')[0]) > 12;
  expect(first?.used).toBeGreaterThanOrEqual(isLate ? 60 : 28);
  expect(Math.max(...later.map(({ steps }) => steps))).toBeGreaterThan(1);
});

test('what is compiled later is compiled with the flags of the start', async () => {
  const program = `
    import { cachedDataVersionTag, getHeapSpaceStatistics } from 'node:v8';
    import { asAtStart, keepHeapSmall, tuneForOneRun } from ${JSON.stringify(source)};
    tuneForOneRun();
    keepHeapSmall();
    const tags = [cachedDataVersionTag(), asAtStart(cachedDataVersionTag)];
    const held = [];
    for (let n = 0; n < 60; n += 1) {
      for (let m = 0; m < 20_000; m += 1) held.push([n, m]);
      await new Promise((done) => setTimeout(done, 6));
    }
    const later = cachedDataVersionTag();
    tags.push(asAtStart(cachedDataVersionTag));
    console.log(new Set(tags).size, later === tags[0], cachedDataVersionTag() === later);`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  expect((await run(process.execPath, args)).stdout).toBe('1 false true\n');
});
