#!/usr/bin/env tsx
import '../lib/support/check-node.ts';

import { howStarted } from '../lib/cli/how-started.ts';
import { main } from '../lib/cli/main.ts';
import { startedAs } from '../lib/support/run-as.ts';

// The lockfile says which SDK this Node runs; that later ones want a newer Node is no news for its user.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
// A reader such as `head` that has seen enough is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`The output could not be written (${error.code}).\n`);
  process.exit(2);
});

startedAs(howStarted({ program: process.argv[1] ?? '', cwd: process.cwd(), env: process.env }));
process.exitCode = await main(process.argv.slice(2));
