import { whyNotWritten } from '../support/file-failures.ts';
import { startedAs } from '../support/run-as.ts';
import type { Command } from './command.ts';
import { howStarted } from './how-started.ts';
import { isInterrupted } from './interruption.ts';

const outputRefused = (error: NodeJS.ErrnoException): void => {
  const { code } = error;
  // A reader such as `head` has seen enough. What is found decides the exit code all the same, and what stays up ends.
  if (code === 'EPIPE') {
    process.emit('SIGTERM', 'SIGTERM');
    return;
  }
  process.stderr.write(`The output could not be written: ${whyNotWritten(error) ?? code}.\n`);
  process.exit(2);
};

/** The folder that the program was started in; `undefined` where somebody has removed it since. */
const currentFolder = (): string | undefined => {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
};

/** Runs what the program was started with, and exits as it says. */
export const start = async (run: Command): Promise<void> => {
  // The lockfile says which SDK this Node runs; that later ones want a newer Node is no news for its user.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  for (const stream of [process.stdout, process.stderr]) stream.on('error', outputRefused);
  const cwd = currentFolder();
  if (cwd === undefined) {
    process.stderr.write('The current folder is not there any more: change to another one.\n');
    process.exitCode = 2;
    return;
  }
  startedAs(howStarted({ program: process.argv[1] ?? '', cwd, env: process.env }));
  process.exitCode = await run(process.argv.slice(2));
  if (isInterrupted()) process.exit();
};
