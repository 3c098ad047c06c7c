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

test('the new space grows no further than to 8 MB once it is kept small', async () => {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { keepYoungSmall, tuneForOneRun } from ${JSON.stringify(source)};
    tuneForOneRun();
    keepYoungSmall();
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

test('what is compiled later is compiled with the flags of the start', async () => {
  const program = `
    import { cachedDataVersionTag, getHeapSpaceStatistics } from 'node:v8';
    import { asAtStart, keepYoungSmall, tuneForOneRun } from ${JSON.stringify(source)};
    tuneForOneRun();
    keepYoungSmall();
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
  const isChanged = Number(process.versions.v8.split('.')[0]) <= 12;
  expect((await run(process.execPath, args)).stdout).toBe(`1 ${!isChanged} true\n`);
});
