import { table } from './figures.ts';

interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/^\|\s*|\s*\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

/** The tables of a text in Markdown. */
export const tablesIn = (text: string): readonly Table[] =>
  text
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .flatMap(([head, , ...rows]) =>
      head === undefined ? [] : [{ head: cellsOf(head), rows: rows.map(cellsOf) }],
    );

const isFigure = (cell: string): boolean => /^\**\$?\d/.test(cell);
/** What a row is about: the cells before its first figure. */
const keyOf = (row: readonly string[]): string => {
  const first = row.findIndex(isFigure);
  return row.slice(0, first < 0 ? row.length : first).join(', ');
};

const joined = (before: Table, now: Table): string | undefined => {
  const known = new Map(before.rows.map((row) => [keyOf(row), row]));
  const columns = now.head.filter((name, index) => {
    const cells = now.rows.map((row) => row[index] ?? '').filter((cell) => cell !== '');
    return before.head.includes(name) && cells.length > 0 && cells.every(isFigure);
  });
  const rows = now.rows.flatMap((row) => {
    const old = known.get(keyOf(row));
    if (!old) return [];
    const cells = columns.flatMap((name) => [
      old[before.head.indexOf(name)] ?? '',
      row[now.head.indexOf(name)] ?? '',
    ]);
    return [[keyOf(row), ...cells]];
  });
  const [first = ''] = now.head;
  const head = [first, ...columns.flatMap((name) => [`${name}: before`, 'now'])];
  return rows.length > 0 && columns.length > 0 ? table(head, rows) : undefined;
};

/** One table for each that both texts have: their rows about the same, with what both measured of them. */
export const sideBySide = (before: string, now: string): string => {
  const old = tablesIn(before);
  return tablesIn(now)
    .flatMap((one) => {
      const same = old.find(({ head }) => head[0] === one.head[0] && head[1] === one.head[1]);
      return (same && joined(same, one)) ?? [];
    })
    .join('\n\n');
};
