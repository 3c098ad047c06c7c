// `check` alone, which the package has apart: it starts in a third of the time of the whole command line.
import '../lib/support/check-node.ts';
import { optimizeLate } from '../lib/pipeline/scan/v8-flags.ts';

// What runs for a second pays more for optimized code than it gives back. Of a function this counts from when it is made: all
// else is loaded afterwards.
optimizeLate();

await (await import('../lib/cli/check-alone.ts')).checkAlone();
