import Table from 'cli-table3';
import { paint } from './paint.ts';
import { widthOf, wrap } from './wrap.ts';

export interface Fitting {
  /** Of the terminal; `undefined` where nobody watches, and nothing is broken. @default - of standard output */
  readonly columns?: number | undefined;
  /** Columns whose values do not say by themselves what they are: narrow, each is named. @default [] */
  readonly named?: readonly string[];
}

const indent = '  ';

/** The cells of a row one after the other, in as few lines as hold them; a new line is indented. */
const flowing = (cells: readonly string[], columns: number): readonly string[] => {
  const [first = '', ...others] = cells;
  const lines = [first];
  for (const cell of others) {
    const last = lines.at(-1) ?? '';
    if (widthOf(last) + 2 + widthOf(cell) <= columns) lines[lines.length - 1] = `${last}  ${cell}`;
    else lines.push(...wrap(cell, columns - indent.length).map((line) => indent + line));
  }
  return lines;
};

/** Of the terminal, or what whoever reads a pipe says by `COLUMNS`. */
const columnsOf = ({ columns }: NodeJS.WriteStream): number | undefined => {
  const said = Number(process.env['COLUMNS']);
  return columns ?? (Number.isInteger(said) && said > 0 ? said : undefined);
};

/** A table; where the terminal is too narrow for it, its rows one below the other, each in a few lines. */
export const fittingTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { columns = columnsOf(process.stdout), named = [] }: Fitting = {},
): string => {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  table.push(...rows.map((row) => [...row]));
  const text = table.toString();
  if (columns === undefined || widthOf(text.split('\n')[0] ?? '') <= columns) return text;
  return rows
    .flatMap((row) => {
      const cells = row.flatMap((cell, index) => {
        const name = head[index] ?? '';
        const said = cell.replaceAll('\n', ' ');
        if (said === '') return [];
        return [named.includes(name) ? `${paint.dim(name.toLowerCase())} ${said}` : said];
      });
      return flowing(cells, columns);
    })
    .join('\n');
};
