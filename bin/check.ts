// `check` alone, which the package has apart: it starts in a third of the time of the whole command line.
import '../lib/support/check-node.ts';
import { asAtStart, keepHeapSmall, tuneForOneRun } from '../lib/pipeline/scan/tune-for-one-run.ts';
import { inlineLess } from '../lib/pipeline/scan/v8-flags.ts';

// What runs for a second pays more for optimized code than it gives back, and what a file declares is let go with it. Of a
// function this counts from when it is made: all else is loaded afterwards.
tuneForOneRun();
inlineLess();
keepHeapSmall();

// It is built as CommonJS, which has no `await` here.
void import('../lib/cli/check-alone.ts').then(({ checkAlone }) => checkAlone());

// For what loads the other files: `bin/kept-code.cjs`.
export { asAtStart };
