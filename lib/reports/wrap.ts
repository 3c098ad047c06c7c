import { stripVTControlCharacters } from 'node:util';

/** The columns of a terminal; `undefined` of a pipe, and of a terminal that says 0, as one does that nobody gave a size. */
export const columnsOf = ({
  columns,
}: {
  readonly columns?: number | undefined;
}): number | undefined => (columns ? columns : undefined);

/** Columns that a text takes on a terminal, colours left out. */
export const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;

/** A word that is longer than a line, in pieces. */
const pieces = (word: string, width: number): readonly string[] => {
  const chars = [...word];
  const count = Math.max(1, Math.ceil(chars.length / width));
  return Array.from({ length: count }, (_, n) => chars.slice(n * width, (n + 1) * width).join(''));
};

/** What stands for a space inside a command that is printed: it is copied whole. */
const glue = '\u0000';
/** `npx --no-install plumbline undo pl-…`, with what can follow a command's name. */
const command = /npx --no-install plumbline \S+(?: (?:--\S+|pl-\S+|[A-Z][\w.]*\.\d+))*/g;
const glued = (text: string): string =>
  text.replace(command, (found) => found.replaceAll(' ', glue));

/** A text in lines of at most so many columns, broken between words where that goes. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of glued(text)
    .split(/\s+/)
    .flatMap((one) => pieces(one, Math.max(8, width)))) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => line.replaceAll(glue, ' '));
};
