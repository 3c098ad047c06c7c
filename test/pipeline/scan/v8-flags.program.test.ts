import { spawnSync } from 'node:child_process';

it('this V8 knows each flag that is set, and prints no error of one', () => {
  const program = `
    import { inlineLess, optimizeLate } from './lib/pipeline/scan/v8-flags.ts';
    import { tuneForOneRun } from './lib/pipeline/scan/tune-for-one-run.ts';
    optimizeLate();
    inlineLess();
    tuneForOneRun();
    console.log('set');`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { encoding: 'utf8' },
  );
  expect({ stdout, stderr }).toEqual({ stdout: 'set\n', stderr: '' });
});
