#!/usr/bin/env tsx
import '../lib/support/check-node.ts';

import { main } from '../lib/cli/main.ts';
import { start } from '../lib/cli/start.ts';
import { tuneForOneRun } from '../lib/pipeline/scan/tune-for-one-run.ts';

// What holds for a process as long as it runs is set here, and not by the commands: tests run many of these in one process.
if (['scan', 'report'].includes(process.argv[2] ?? '')) tuneForOneRun();

await start(main);
