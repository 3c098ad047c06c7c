import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { longTest } from '../../extent.ts';
import { inProcess } from '../run.ts';

const bucket = (status: string) =>
  `Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      VersioningConfiguration: {Status: ${status}}\n`;

interface Line {
  readonly changed: readonly string[];
  readonly ms: number;
  readonly failed: number;
  readonly appeared: readonly { readonly control: string; readonly file: string }[];
  readonly gone: readonly { readonly control: string; readonly file: string }[];
  readonly told: readonly string[];
  readonly toldNoMore: readonly string[];
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-watch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** Watches the folder, and hands each line on; ends with the signal that a terminal sends. */
const watching = async (
  args: readonly string[],
  use: (next: (act: () => void) => Promise<Line>, first: Line) => Promise<void>,
): Promise<number | null> => {
  const asked = ['check', folder, '--watch', '--json', '--control', 'S3.14', ...args];
  const child = spawn(process.execPath, ['bin/plumbline.cjs', ...asked], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  const line = async (): Promise<Line> =>
    JSON.parse(String((await once(lines, 'line', { signal: AbortSignal.timeout(20_000) }))[0]));
  const exited = once(child, 'exit');
  try {
    const first = await line();
    await pause(1000);
    await use(async (act) => {
      const said = line();
      act();
      return said;
    }, first);
  } finally {
    child.kill('SIGINT');
  }
  const [code] = await exited;
  return code;
};

describe('check --watch', () => {
  it('shows what each change brings, and exits as the last evaluation says', async () => {
    const file = put('a.yaml', bucket('Enabled'));
    const code = await watching([], async (next, first) => {
      expect(first).toMatchObject({ changed: [], failed: 0, appeared: [], gone: [] });
      const failed = await next(() => writeFileSync(file, bucket('Suspended')));
      expect(failed).toMatchObject({
        changed: [expect.stringMatching(/a\.yaml$/)],
        failed: 1,
        appeared: [{ control: 'S3.14', file, line: 5 }],
        gone: [],
      });
      const moved = await next(() => writeFileSync(file, `# a line\n${bucket('Suspended')}`));
      expect(moved).toMatchObject({ failed: 1, appeared: [], gone: [] });
      const mended = await next(() => writeFileSync(file, bucket('Enabled')));
      expect(mended).toMatchObject({ failed: 0, appeared: [], gone: [{ control: 'S3.14', file }] });
      const again = await next(() => writeFileSync(file, bucket('Suspended')));
      expect(again.failed).toBe(1);
    });
    expect(code).toBe(1);
  });
  longTest('goes on where a file cannot be read, and says when it can be again', async () => {
    const file = put('a.yaml', bucket('Enabled'));
    put('b.yaml', bucket('Suspended'));
    const code = await watching([], async (next) => {
      const broken = await next(() => writeFileSync(file, `${bucket('Enabled')}  B: [AWS::\n`));
      expect(broken.told).toEqual([expect.stringContaining(`${file}:`)]);
      expect(broken.failed).toBe(1);
      const mended = await next(() => writeFileSync(file, bucket('Enabled')));
      expect(mended).toMatchObject({ told: [], toldNoMore: broken.told });
    });
    expect(code).toBe(1);
  });
  longTest('sees an atomic rename, new files and folders, and what is taken away', async () => {
    const file = put('a.yaml', bucket('Enabled'));
    const code = await watching([], async (next) => {
      const renamed = await next(() => {
        renameSync(put('a.yaml.tmp', bucket('Suspended')), file);
      });
      expect(renamed.appeared).toMatchObject([{ control: 'S3.14', file }]);
      const inner = join(folder, 'inner', 'b.yaml');
      const added = await next(() => {
        mkdirSync(join(folder, 'inner'));
        writeFileSync(inner, bucket('Suspended'));
      });
      expect(added).toMatchObject({ failed: 2, appeared: [{ control: 'S3.14', file: inner }] });
      const removed = await next(() => rmSync(join(folder, 'inner'), { recursive: true }));
      expect(removed).toMatchObject({ failed: 1, gone: [{ control: 'S3.14', file: inner }] });
    });
    expect(code).toBe(1);
  });
  longTest(
    'evaluates everything anew with another baseline, and keeps the old one where that is wrong',
    async () => {
      put('a.yaml', bucket('Suspended'));
      const baseline = join(folder, 'plumbline.yaml');
      writeFileSync(baseline, 'presets: [all]\n');
      const code = await watching(['--baseline', baseline], async (next, first) => {
        expect(first.failed).toBe(1);
        const wrong = await next(() => writeFileSync(baseline, 'preset: [all]\n'));
        expect(wrong).toMatchObject({ failed: 1, told: [expect.stringContaining('preset')] });
        const off = await next(() =>
          writeFileSync(baseline, 'controls: { S3.14: { enabled: false } }\n'),
        );
        expect(off).toMatchObject({
          failed: 0,
          gone: [{ control: 'S3.14' }],
          toldNoMore: wrong.told,
        });
      });
      // The one control that is asked for is off: nothing is evaluated.
      expect(code).toBe(2);
    },
  );
  longTest('tells of parameters that are wrong, and keeps those before', async () => {
    put('a.yaml', `Parameters: {Status: {Type: String}}\n${bucket('!Ref Status')}`);
    const parameters = join(tmpdir(), `${basename(folder)}.json`);
    writeFileSync(parameters, '{"Status": "Suspended"}');
    try {
      await watching(['--parameters', parameters], async (next, first) => {
        expect(first.failed).toBe(1);
        const wrong = await next(() => writeFileSync(parameters, '{'));
        expect(wrong).toMatchObject({
          failed: 1,
          told: [expect.stringContaining(`--parameters ${parameters} is no JSON; `)],
        });
        const right = await next(() => writeFileSync(parameters, '{"Status": "Enabled"}'));
        expect(right).toMatchObject({ failed: 0, toldNoMore: wrong.told });
      });
    } finally {
      rmSync(parameters);
    }
  });
  it.each([
    [
      ['--watch'],
      '--watch shows changes at a terminal, and the output is none: with --json it writes a line for each change',
    ],
    [['--watch', '--json', '--fix'], '--watch and --fix do not go together'],
    [['--watch', '--json', '--new-only', 'main'], '--watch and --new-only do not go together'],
    [['--watch', '--format', 'sarif'], '--watch and --format sarif do not go together'],
  ])('refuses %j', async (args, sentence) => {
    const { code, stderr } = await inProcess(['check', put('a.yaml', bucket('x')), ...args]);
    expect([code, stderr]).toEqual([2, `${sentence}\n`]);
  });
});
