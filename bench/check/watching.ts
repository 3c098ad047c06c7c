import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** A file changes in a folder that is watched. */
export interface WatchFigures {
  /** From reading it to the line that tells what changed. */
  readonly insideMs: readonly number[];
  /** From the write, with the moments in which an editor may still be writing. */
  readonly outsideMs: readonly number[];
}

/** Of the first evaluation, or of a change. */
const mostMs = 120_000;

/** Changes one file after the other, and waits each time for what is said of it. */
export const watchOf = async (
  program: string,
  folder: string,
  files: readonly string[],
): Promise<WatchFigures> => {
  const child = spawn(process.execPath, [program, 'check', '--watch', '--json', folder], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout });
  const [insideMs, outsideMs]: [number[], number[]] = [[], []];
  const line = async (): Promise<string> => {
    const [one] = await once(lines, 'line', { signal: AbortSignal.timeout(mostMs) });
    return String(one);
  };
  try {
    await line();
    // What watches begins beside the first evaluation.
    await pause(1000);
    for (const file of files) {
      const path = join(folder, file);
      const text = await readFile(path, 'utf8');
      const begun = performance.now();
      const said = line();
      await writeFile(path, `${text}# changed\n`);
      const told = await said;
      outsideMs.push(performance.now() - begun);
      insideMs.push(JSON.parse(told).ms);
    }
  } finally {
    const ended = once(child, 'exit');
    // What ended already tells of it no more.
    if (child.exitCode === null && child.kill('SIGINT')) await ended;
  }
  return { insideMs, outsideMs };
};
