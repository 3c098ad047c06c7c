import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { allControls } from '../lib/controls/index.ts';
import { defaultBaseline } from '../lib/engine/baseline/baseline.ts';
import { bundle } from '../lib/infrastructure/bundle.ts';
import { medianOf } from './figures.ts';

const run = promisify(execFile);

export interface BundleFigures {
  readonly handler: string;
  /** Bytes that are loaded at import, and all that may be loaded later. */
  readonly importedBytes: number;
  readonly wholeBytes: number;
  /** Milliseconds of loading that in a fresh process, median: without the clients that it then makes. */
  readonly importMs: number;
}
interface Output {
  readonly bytes: number;
  readonly imports: readonly {
    readonly path: string;
    readonly kind: string;
    readonly external?: boolean;
  }[];
}
type Outputs = Readonly<Record<string, Output>>;

const reached = (outputs: Outputs, from: string, isFollowed: (kind: string) => boolean): number => {
  const seen = new Set<string>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const output = outputs[next];
    if (!output || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...output.imports.filter(({ kind }) => isFollowed(kind)).map(({ path }) => path));
  }
  return [...seen].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
};

const handlers = [
  'evaluate',
  'remediate',
  'sweep',
  'config-rule',
  'heartbeat',
  'audit-hosts',
  'host-results',
];

/** What Lambda sets before it loads a handler. */
const environment = {
  AWS_REGION: 'us-east-1',
  POSTURE_TABLE: 'posture',
  HEARTBEAT_KEYS: 'none',
};

const importOnce = async (files: readonly string[]): Promise<number> => {
  const program = `const t = performance.now(); for (const file of ${JSON.stringify(files)}) await import(file); console.log(performance.now() - t)`;
  const env = { ...process.env, ...environment };
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { env });
  return Number(stdout);
};

/** Size and import time of each bundled handler. */
export const benchBundle = async (times = 9): Promise<readonly BundleFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  try {
    const made = await bundle(folder, handlers, defaultBaseline(await allControls()));
    const { outputs }: { outputs: Outputs } = JSON.parse(await readFile(made.metafile, 'utf8'));
    const figures: BundleFigures[] = [];
    for (const handler of handlers) {
      const name = Object.keys(outputs).find((path) => path.endsWith(`/${handler}.mjs`)) ?? '';
      // What the handler itself does then is its init, which is measured with the first event.
      const parts = (outputs[name]?.imports ?? [])
        .filter(({ kind, external }) => kind === 'import-statement' && !external)
        .map(({ path }) => join(made.folder, relative(dirname(name), path)));
      const timings: number[] = [];
      for (let time = 0; time < times; time += 1) {
        timings.push(await importOnce(parts));
      }
      figures.push({
        handler,
        importedBytes: reached(outputs, name, (kind) => kind === 'import-statement'),
        wholeBytes: reached(outputs, name, () => true),
        importMs: medianOf(timings),
      });
    }
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
