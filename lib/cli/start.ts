import { startedAs } from '../support/run-as.ts';
import type { Command } from './command.ts';
import { howStarted } from './how-started.ts';

/** Runs what the program was started with, and exits as it says. */
export const start = async (run: Command): Promise<void> => {
  // The lockfile says which SDK this Node runs; that later ones want a newer Node is no news for its user.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // A reader such as `head` that has seen enough is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`The output could not be written (${error.code}).\n`);
    process.exit(2);
  });
  startedAs(howStarted({ program: process.argv[1] ?? '', cwd: process.cwd(), env: process.env }));
  process.exitCode = await run(process.argv.slice(2));
};
