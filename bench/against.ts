import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../lib/local/hosts/cache.ts';
import type { Bundled } from './stub/bundled.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const cache = cacheFolder('bench');

/** Bundles the function that evaluates with a commit's own means, wherever that commit has them. */
const bundling = `
const { allControls } = await import('./lib/controls/index.ts');
const { defaultBaseline } = await import('./lib/engine/baseline/baseline.ts').catch(() => import('./lib/engine/baseline.ts'));
const { bundle } = await import('./lib/infrastructure/bundle.ts');
const made = await bundle(process.argv[1], ['evaluate'], defaultBaseline(await allControls()));
console.log(made.folder);
`;

const run = async (
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ readonly code: number; readonly stdout: string }> => {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  const [code] = await once(child, 'close');
  return { code: code ?? 1, stdout };
};
const must = async (command: string, args: readonly string[], cwd: string): Promise<string> => {
  const { code, stdout } = await run(command, args, cwd);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return stdout.trim();
};

/** Another commit, ready to be measured. */
export interface Other {
  readonly commit: string;
  /** The commit that it is compared with. */
  readonly now: string;
  /** Its function, to be measured by our own means. */
  readonly bundled: Bundled;
  /** What its own benchmark says of a part; `undefined` where it has no such part. */
  measure(part: string): Promise<string | undefined>;
}

/**
 * Checks a commit out beside this one, and takes it away when the work is done. What it needs is installed once, and kept
 * for the next time.
 */
export const withOther = async <T>(ref: string, work: (other: Other) => Promise<T>): Promise<T> => {
  const shortOf = (one: string) =>
    must('git', ['rev-parse', '--short', `${one}^{commit}`], repository);
  const commit = await shortOf(ref);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'against-'));
  const tree = join(folder, 'tree');
  const [kept, modules] = [join(cache, `modules-${commit}`), join(tree, 'node_modules')];
  try {
    await must('git', ['worktree', 'add', '--quiet', '--detach', tree, commit], repository);
    await rename(kept, modules).catch(() => {});
    await must('node', ['scripts/prepare.mjs'], tree);
    return await work({
      commit,
      now: await shortOf('HEAD'),
      bundled: (outdir) =>
        must('node', ['--import', 'tsx', '--input-type=module', '-e', bundling, outdir], tree),
      async measure(part) {
        const args = ['run', '--silent', 'bench', '--', '--only', part];
        const { code, stdout } = await run('npm', args, tree);
        return code === 0 ? stdout.trim() : undefined;
      },
    });
  } finally {
    await rename(modules, kept).catch(() => {});
    await run('git', ['worktree', 'remove', '--force', tree], repository);
    await rm(folder, { recursive: true, force: true });
  }
};
