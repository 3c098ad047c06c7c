import type { Range } from '../document/document.ts';
import type { Located } from './located.ts';

/** A part of a file that is not shown. */
export interface HiddenPlace {
  readonly file: string;
  readonly range: Pick<Range, 'line' | 'endLine'>;
}

const linesOf = ({ file, range: { line, endLine } }: HiddenPlace): readonly string[] =>
  Array.from({ length: endLine - line + 1 }, (_, index) => `${line + index} ${file}`);

/**
 * Where something else is wrong on a line that holds a secret, the line is not shown either.
 * @param places where secrets stand, beside those that are found
 */
export const withHiddenLines = <T extends Located>(
  all: readonly T[],
  places: readonly HiddenPlace[],
): readonly T[] => {
  const hidden = new Set([...places, ...all.filter(({ isHidden }) => isHidden)].flatMap(linesOf));
  if (hidden.size === 0) return all;
  return all.map((one) =>
    !one.isHidden && one.verdict.status === 'FAIL' && linesOf(one).some((line) => hidden.has(line))
      ? { ...one, isHidden: true as const }
      : one,
  );
};
