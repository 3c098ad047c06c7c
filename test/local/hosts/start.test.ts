import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from '@jest/globals';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest } from '../../extent.ts';
import { describeOn } from '../../hosts/harness.ts';
import { asPeopleOrOurs } from '../../runner/loader.ts';
import { keepWhatTsxMade } from '../kept-by-tsx.ts';
import { seenInAccount } from '../tour/seen-in-account.ts';

interface Told {
  readonly event: string;
  readonly [field: string]: unknown;
}

describeOn([debian12], 'npm start -- --host', () => {
  let folder = '';
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-start-'));
    await keepWhatTsxMade(folder);
  });
  afterEach(async () => {
    if (child?.exitCode === null) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts it in a folder for temporary files of its own; returns its lines as they come, and how it ends. */
  const started = (...args: readonly string[]) => {
    const program = ['--import', asPeopleOrOurs, 'bin/plumbline.ts', 'local', '--host', '--json'];
    const run = spawn(process.execPath, [...program, '--port', '0', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: folder },
    });
    child = run;
    const ended = once(run, 'close').then(([code]) => code);
    return { run, lines: createInterface({ input: run.stdout }), ended };
  };
  const left = async () => ({
    mounts: (await readFile('/proc/mounts', 'utf8')).split('\n').filter((l) => l.includes(folder)),
    folders: (await readdir(folder)).filter((name) => name.startsWith('plumbline-')),
  });
  const nothing = { mounts: [], folders: [] };

  /** What the tour says of a host that is audited, hardened, confirmed and evaluated again. */
  const expectTour = (told: readonly Told[]) => {
    const of = (what: string) => told.filter((each) => each['what'] === what);
    expect(told.filter(({ event }) => event === 'missed' || event === 'skipped')).toEqual([]);
    expect(told.filter(({ event }) => event === 'trouble')).toEqual([]);
    expect(of('command').map(({ document, outcome }) => [document, outcome])).toEqual([
      ['Plumbline-HardenHost-ssh', 'applied'],
      ['Plumbline-ConfirmHost', 'confirmed'],
      ['Plumbline-HardenHost-kernel', 'applied'],
      ['Plumbline-ConfirmHost', 'confirmed'],
    ]);
    expect(of('login').map((each) => each['as'])).toEqual(['alice', 'alice']);
    const failed = (each: unknown) =>
      Object.values(Object(each)['failed']).reduce((sum: number, n) => sum + Number(n), 0);
    const [before, after] = of('audited');
    expect(after?.['before']).toEqual({ passed: before?.['passed'], failed: before?.['failed'] });
    const changed = of('command').flatMap((each) => each['changed']);
    expect(changed.length).toBeGreaterThan(10);
    expect(failed(after)).toBe(failed(before) - changed.length);
    const seen = told.filter(({ event }) => event === 'seen');
    const isOfHost = ({ id }: Told) => /PL\.SSH/.test(String(id));
    expect(seen.filter((one) => !isOfHost(one))).toMatchObject(seenInAccount);
    expect(seen.filter(isOfHost)).toMatchObject([
      { status: 'FAILED', workflow: 'NEW' },
      { status: 'PASSED', workflow: 'RESOLVED' },
    ]);
  };
  /** Ends it once it is ready: what it said until then, and that the host was there. */
  const endedOnceReady = async ({ run, lines, ended }: ReturnType<typeof started>) => {
    const told: Told[] = [];
    for await (const line of lines) {
      told.push(JSON.parse(line));
      if (told.at(-1)?.event !== 'ready') continue;
      expect((await left()).mounts.length).toBeGreaterThan(0);
      run.kill('SIGTERM');
    }
    const ready = told.find(({ event }) => event === 'ready');
    expect(ready).toMatchObject({ host: { instanceId: expect.stringMatching(/^i-/) } });
    expect(await ended).toBe(0);
    expect(await left()).toEqual(nothing);
    return told;
  };

  it('plays the tour on a host, leaves it up until somebody ends it, also by SIGTERM, and nothing of it then', async () => {
    expectTour(await endedOnceReady(started()));
  }, 240_000);

  nightTest(
    'ends by itself after the tour where it is asked to',
    async () => {
      const { lines, ended } = started('--exit');
      const told: Told[] = [];
      for await (const line of lines) told.push(JSON.parse(line));
      expectTour(told);
      expect(await ended).toBe(0);
      expect(await left()).toEqual(nothing);
    },
    240_000,
  );

  nightTest(
    'has the host without a tour',
    async () => {
      await endedOnceReady(started('--no-tour'));
    },
    120_000,
  );
});
