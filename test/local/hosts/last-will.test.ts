import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { execute } from '../../../lib/local/hosts/execute.ts';
import { describeOn } from '../../hosts/harness.ts';
import { ours } from '../../runner/loader.ts';

const program = fileURLToPath(new URL('./hold-root.ts', import.meta.url));

const firstLine = async (input: Readable) => {
  for await (const line of createInterface({ input })) return line;
  throw new Error('the program has ended');
};
const within = async (seconds: number, holds: () => Promise<boolean>) => {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end && !(await holds()))
    await new Promise((resolve) => setTimeout(resolve, 50));
  return holds();
};

describeOn([debian12], 'what a program leaves that dies by', (base) => {
  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('%s is nothing', async (signal) => {
    const child = spawn(process.execPath, ['--import', ours, program, base()], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const path = await firstLine(child.stdout);
    expect(await readFile('/proc/mounts', 'utf8')).toContain(path);
    child.kill(signal);
    const isGone = async () => !(await readFile('/proc/mounts', 'utf8')).includes(path);
    expect(await within(10, isGone)).toBe(true);
    expect(await within(10, async () => !existsSync(path.replace(/\/root$/, '')))).toBe(true);
    const sleeps = async () => (await execute('pgrep', ['-f', 'sleep 4321'])).stdout === '';
    expect(await within(10, sleeps)).toBe(true);
  });
});
