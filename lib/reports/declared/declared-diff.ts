import { formatPatch, type StructuredPatchHunk, structuredPatch } from 'diff';
import type { FixedFile } from '../../templates/edit/fixed-file.ts';

/** What of a file may not be shown. */
export interface Kept {
  /** Of the file as it was, counted from 1. */
  readonly lines: Pick<ReadonlySet<number>, 'has'>;
  /** Whether a new line may not be shown. */
  isKept(line: string): boolean;
}

const isContext = (line: string | undefined): boolean => line?.startsWith(' ') ?? false;

/** The lines of a hunk that the file had, with their numbers. */
const numbered = ({ lines, oldStart }: StructuredPatchHunk) => {
  let next = oldStart;
  return lines.map((line) => {
    const number = /^[ -]/.test(line) ? next : undefined;
    if (number !== undefined) next += 1;
    return { line, number };
  });
};

/** A hunk without what stands before a line that is kept, up to its first change. */
const cut = (hunk: StructuredPatchHunk, { lines: kept }: Kept): StructuredPatchHunk => {
  const { oldStart, oldLines, newStart, newLines, lines } = hunk;
  const change = lines.findIndex((line) => !isContext(line));
  const last = lines.slice(0, change).findLastIndex((_, index) => kept.has(oldStart + index));
  const away = last + 1;
  return {
    oldStart: oldStart + away,
    oldLines: oldLines - away,
    newStart: newStart + away,
    newLines: newLines - away,
    lines: lines.slice(away),
  };
};

const shows = (hunk: StructuredPatchHunk, { lines, isKept }: Kept): number | undefined => {
  const all = numbered(hunk);
  const found = all.find(({ number }) => number !== undefined && lines.has(number));
  if (found) return found.number;
  return all.some(({ line }) => line.startsWith('+') && isKept(line.slice(1)))
    ? hunk.oldStart
    : undefined;
};

/** A diff, or the line that keeps it from being shown. */
export type Diff = { readonly text: string } | { readonly secretAt: number };

/**
 * The change of a file as a diff that `git apply` and `patch -p1` take, around what is kept with fewer lines of context. After a
 * change at least one line is shown: git takes a hunk without any for the end of the file.
 * @param names of the file as it was and as it will be
 */
export const diffOf = (
  { before, after }: Pick<FixedFile, 'before' | 'after'>,
  [from, to]: readonly [string, string],
  kept: Kept,
): Diff => {
  let secretAt = 1;
  for (const context of [3, 2, 1]) {
    const patch = structuredPatch(from, to, before, after, '', '', { context });
    const hunks = patch.hunks.map((one) => cut(one, kept));
    const shown = hunks.map((one) => shows(one, kept)).find((line) => line !== undefined);
    if (shown === undefined) {
      const text = formatPatch({ ...patch, hunks });
      // The library sets a line of its own above the two names.
      return { text: text.slice(text.indexOf('--- ')).replace(/\n$/, '') };
    }
    secretAt = shown;
  }
  return { secretAt };
};
