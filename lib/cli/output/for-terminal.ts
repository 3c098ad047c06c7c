import { wrap } from '../../reports/wrap.ts';

/** A sentence for standard error, in lines of the terminal's width where a person reads it. */
export const forTerminal = (text: string): string => {
  const { isTTY, columns } = process.stderr;
  if (!isTTY || !(columns > 0)) return text;
  return text
    .split('\n')
    .flatMap((line) => (/^\s/.test(line) ? [line] : wrap(line, columns)))
    .join('\n');
};
