import { runAs } from '../support/run-as.ts';

/** The help of a command, with its commands as they are run here: `Usage: plumbline scan` and `Example: plumbline scan`. */
export const usageText = (usage: string): string =>
  usage.replaceAll(
    /^(Usage: | +|Example: )plumbline /gm,
    (_, before: string) => before + runAs(''),
  );
