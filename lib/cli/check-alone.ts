import { check } from './commands/check/check.ts';
import { ended } from './ended.ts';
import { start } from './start.ts';

/** Runs `check` of the command line that the program was started with, and exits as it says. */
export const checkAlone = (): Promise<void> => start((argv) => ended(() => check(argv.slice(1))));
