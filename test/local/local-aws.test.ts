import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { debian12 } from '../../lib/local/hosts/distributions.ts';
import { plumbline } from '../cli/run.ts';
import { nightTest } from '../extent.ts';
import { whyNoneOf } from '../hosts/harness.ts';
import { asPeopleOrOurs, ours } from '../runner/loader.ts';
import { seenInAccount } from './tour/seen-in-account.ts';

const program = fileURLToPath(new URL('../../bin/plumbline.ts', import.meta.url));
const startMillis = 120_000;

let started: ChildProcess | undefined;
afterEach(() => {
  started?.kill('SIGKILL');
});

const run = (args: readonly string[], loader: string, environment: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, ['--import', loader, program, 'local', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  started = child;
  return child;
};
/** How a start that cannot succeed ends. */
const failed = async (args: readonly string[], environment?: NodeJS.ProcessEnv) => {
  const child = run(args, ours, environment);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, output };
};
const oneSentence = (output: string) => output.trim().split('\n').length === 1;

describe('plumbline local that cannot start', () => {
  it(
    'says that the port is taken',
    async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const address = other.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const { code, stderr } = await plumbline(['local', '--port', String(port)]);
      other.close();
      expect(stderr).toContain(`port ${port} is taken; choose another with --port`);
      expect([code, oneSentence(stderr)]).toEqual([2, true]);
    },
    startMillis,
  );

  it(
    'says what is wrong with the baseline',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'plumbline-baseline-'));
      const file = join(folder, 'bad.yaml');
      await writeFile(file, 'publish: everything\n');
      const { code, stderr } = await plumbline(['local', '--port', '0', '--baseline', file]);
      await rm(folder, { recursive: true });
      expect(stderr).toContain(file);
      expect(stderr).toContain('publish');
      expect([code, oneSentence(stderr)]).toEqual([2, true]);
    },
    startMillis,
  );

  // moto.test.ts has the sentence, and the test above how such a start ends.
  nightTest(
    'says that Python is missing',
    async () => {
      const { code, output } = await failed(['--port', '0'], {
        PLUMBLINE_PYTHON: '/no/python',
        PLUMBLINE_MOTO: undefined,
      });
      expect(output).toContain('Python');
      expect(output).toContain('/no/python');
      expect([code, oneSentence(output)]).toEqual([2, true]);
    },
    startMillis,
  );

  it(
    'says which number is none',
    async () => {
      const { code, stderr } = await plumbline(['local', '--port', 'http']);
      expect(stderr.trim()).toBe('--port is a whole number from 0 to 65535, not http');
      expect(code).toBe(2);
    },
    startMillis,
  );
});

interface Told {
  readonly event: string;
  readonly [field: string]: unknown;
}

describe('plumbline local', () => {
  it(
    'ends with all it started when it is interrupted while it starts',
    async () => {
      const child = run(['--port', '0', '--json'], ours);
      const [first] = await once(createInterface({ input: child.stdout }), 'line');
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      expect(JSON.parse(first).event).toBe('step');
      expect(code).toBe(0);
    },
    startMillis,
  );

  // The tour of a host begins with it.
  (whyNoneOf(debian12) === undefined ? nightTest : it)(
    'plays the tour, is ready, and ends with all it started',
    async () => {
      const child = run(['--port', '0', '--json'], asPeopleOrOurs);
      const told: Told[] = [];
      child.stderr.on('data', (chunk) => told.push({ event: 'stderr', text: String(chunk) }));
      for await (const line of createInterface({ input: child.stdout })) {
        told.push(JSON.parse(line));
        if (told.at(-1)?.event === 'ready') child.kill('SIGINT');
      }
      const code = child.exitCode ?? (await once(child, 'exit'))[0];
      expect(told.filter(({ event }) => event === 'trouble' || event === 'missed')).toEqual([]);
      expect(told.filter(({ event }) => event === 'seen')).toMatchObject(seenInAccount);
      const ready = told.find(({ event }) => event === 'ready');
      expect(code).toBe(0);
      await expect(fetch(String(ready?.['url']))).rejects.toThrow('fetch failed');
    },
    startMillis,
  );
});
