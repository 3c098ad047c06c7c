import { spawnSync } from 'node:child_process';
import { v8Version } from '../../lib/pipeline/scan/v8-flags.ts';
import { quickToCopy } from '../../lib/support/quick-to-copy.ts';
import { longTest } from '../extent.ts';

// V8 tells how it keeps an object only to a process that is started with this.
const node = [
  '--allow-natives-syntax',
  '--import',
  './test/runner/register.mjs',
  '--no-warnings',
  '--input-type=module',
  '--eval',
];
const run = (program: string) =>
  spawnSync(process.execPath, [...node, program], { encoding: 'utf8' }).stdout;

describe('an object that is quick to copy', () => {
  it('is the same, with the same members', () => {
    const given = {
      a: 1,
      get b() {
        return 2;
      },
    };
    const before = Object.getOwnPropertyDescriptors(given);
    expect(quickToCopy(given)).toBe(given);
    expect(Object.getOwnPropertyDescriptors(given)).toEqual(before);
    expect(Object.getPrototypeOf(given)).toBe(Object.prototype);
    expect('notThere' in given).toBe(false);
  });

  // Whether later ones do as well is not known: nothing depends on it but time.
  (v8Version === 11 ? longTest : it.skip)(
    'has its members in fixed places, as the settings of each client have',
    () => {
      const program = `
      const { quickToCopy } = await import('./lib/support/quick-to-copy.ts');
      const { sdkClients } = await import('./lib/aws/clients.ts');
      const { services } = await import('./lib/services/every.ts');
      const isFast = new Function('object', 'return %HasFastProperties(object)');
      const credentials = { accessKeyId: 'made', secretAccessKey: 'up' };
      const clients = sdkClients({ region: 'eu-west-1', credentials });
      const slow = [];
      for (const name of Object.keys(services)) {
        const { config } = await clients(name);
        if (!isFast(config)) slow.push(name);
      }
      const table = {};
      for (let n = 0; n < 60; n += 1) table['member' + n] = n;
      console.log(JSON.stringify([isFast(table), isFast(quickToCopy(table)), slow]));`;
      expect(JSON.parse(run(program))).toEqual([false, true, []]);
    },
  );
});
