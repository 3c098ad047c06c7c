// `check` alone, which the package has in one file: it starts in a third of the time of the whole command line.
import '../lib/support/check-node.ts';

import { check } from '../lib/cli/commands/check/check.ts';
import { ended } from '../lib/cli/ended.ts';
import { start } from '../lib/cli/start.ts';

await start((argv) => ended(() => check(argv.slice(1))));
