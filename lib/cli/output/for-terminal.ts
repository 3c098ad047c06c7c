import { columnsOf, wrap } from '../../reports/wrap.ts';
import { harmless } from '../../support/harmless.ts';

/**
 * A sentence for standard error, in lines of the terminal's width where a person reads it. What stands in it comes from files
 * and from AWS.
 */
export const forTerminal = (given: string): string => {
  const text = harmless(given);
  const columns = process.stderr.isTTY ? columnsOf(process.stderr) : undefined;
  if (columns === undefined) return text;
  const lines = text
    .split('\n')
    .flatMap((line) => (/^\s/.test(line) ? [line] : wrap(line, columns)));
  // A word within a line can begin one now.
  return harmless(lines.join('\n'));
};
