import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));

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
  /** What its own benchmark says of a part; `undefined` where it has no such part. */
  measure(part: string): Promise<string | undefined>;
}

/** Checks a commit out beside this one, which then installs what it needs itself, and takes all away when the work is done. */
export const withOther = async <T>(ref: string, work: (other: Other) => Promise<T>): Promise<T> => {
  const commit = await must('git', ['rev-parse', '--short', `${ref}^{commit}`], repository);
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-against-'));
  const tree = join(folder, 'tree');
  try {
    await must('git', ['worktree', 'add', '--quiet', '--detach', tree, commit], repository);
    return await work({
      commit,
      async measure(part) {
        const args = ['run', '--silent', 'bench', '--', '--only', part];
        const { code, stdout } = await run('npm', args, tree);
        return code === 0 ? stdout.trim() : undefined;
      },
    });
  } finally {
    await run('git', ['worktree', 'remove', '--force', tree], repository);
    await rm(folder, { recursive: true, force: true });
  }
};
