import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { paint } from './paint.ts';
import { byPriority, type Result } from './result.ts';

const paintOf = {
  CRITICAL: paint.red,
  HIGH: paint.red,
  MEDIUM: paint.yellow,
  LOW: paint.cyan,
} as const;

const cells = ({ control, verdict, priority, exemption, arn }: Result): string[] => {
  if (verdict.status === 'UNKNOWN')
    return [paint.dim('unknown'), '', control.id, arn, verdict.reason];
  if (!exemption) {
    const severity = paintOf[control.severity](control.severity);
    return [priority.level, severity, control.id, arn, verdict.reason];
  }
  const until = `exempted by ${exemption.owner} until ${exemption.expires.slice(0, 10)}`;
  return [paint.dim('exempted'), control.severity, control.id, arn, `${verdict.reason} (${until})`];
};

/** Where the last column is to wrap; `undefined` leaves every result on one line. */
const widths = (rows: readonly (readonly string[])[], columns: number | undefined) => {
  if (columns === undefined) return {};
  const plain = (text = '') => stripVTControlCharacters(text).length;
  const others = [0, 1, 2, 3].map((n) => Math.max(8, ...rows.map((row) => plain(row[n]))) + 2);
  const last = Math.max(30, columns - others.reduce((sum, width) => sum + width + 1, 2));
  return { colWidths: [...others, last], wordWrap: true };
};

/** Findings as a table for a terminal of so many columns, the most urgent first. */
export const resultTable = (results: readonly Result[], columns: number | undefined): string => {
  const rows = results.toSorted(byPriority).map(cells);
  const table = new Table({
    head: ['Priority', 'Severity', 'Control', 'Resource', 'Reason'],
    style: { head: [], border: [], compact: true },
    ...widths(rows, columns),
  });
  table.push(...rows);
  return table.toString();
};
