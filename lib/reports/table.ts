import Table from 'cli-table3';
import { exemptedText } from '../engine/baseline/exemption.ts';
import { plural } from '../support/plural.ts';
import { paint } from './paint.ts';
import { byPriority, type Result } from './result.ts';
import { widthOf, wrap } from './wrap.ts';

const paintOf = {
  CRITICAL: paint.red,
  HIGH: paint.red,
  MEDIUM: paint.yellow,
  LOW: paint.cyan,
} as const;

const untilOf = ({ exemption }: Result): string =>
  exemption ? ` (${exemptedText(exemption)})` : '';

/** Which facets a control that passes has looked at. */
const seenText = ({ seen = {} }: Result): string => {
  const facets = Object.keys(seen);
  return facets.length > 0 ? `as read: ${facets.join(', ')}` : '';
};
const reasonOf = (result: Result): string =>
  'reason' in result.verdict ? `${result.verdict.reason}${untilOf(result)}` : seenText(result);

/** How urgent it is, or that it is not. */
const standingOf = ({ verdict, priority, exemption }: Result): string => {
  if (verdict.status === 'UNKNOWN') return paint.dim('unknown');
  if (verdict.status === 'PASS') return paint.green('passed');
  if (verdict.status === 'NOT_APPLICABLE') return paint.dim('n/a');
  return exemption ? paint.dim('exempted') : priority.level;
};
const severityOf = ({ verdict, control, exemption }: Result): string => {
  if (verdict.status !== 'FAIL') return '';
  return exemption ? control.severity : paintOf[control.severity](control.severity);
};

const heads = ['Priority', 'Severity', 'Control', 'Resource', 'Reason'];
/** What stands in several regions under one ARN, such as what an account has in each. */
const twinsIn = (results: readonly Result[]): ReadonlySet<string> => {
  const regions = new Map<string, string>();
  const twins = new Set<string>();
  for (const { control, arn, region } of results) {
    const key = `${control.id} ${arn}`;
    if ((regions.get(key) ?? region) !== region) twins.add(key);
    regions.set(key, region);
  }
  return twins;
};
const placeOf = ({ control, arn, region }: Result, twins: ReadonlySet<string>): string =>
  twins.has(`${control.id} ${arn}`) ? `${arn} (${region})` : arn;
/** What is unknown of one resource for one reason takes one row, however many controls it leaves open. */
const collapsed = (rows: readonly (readonly string[])[], results: readonly Result[]) => {
  const keyOf = ([, , , place, reason]: readonly string[]) => `${place} ${reason}`;
  const open = new Map<string, number>();
  rows.forEach((row, index) => {
    if (results[index]?.verdict.status === 'UNKNOWN')
      open.set(keyOf(row), (open.get(keyOf(row)) ?? 0) + 1);
  });
  const told = new Set<string>();
  return rows.flatMap((row, index) => {
    const key = keyOf(row);
    const count = open.get(key) ?? 0;
    if (results[index]?.verdict.status !== 'UNKNOWN' || count < 2) return [row];
    if (told.has(key)) return [];
    told.add(key);
    const [standing = '', severity = '', , ...rest] = row;
    return [[standing, severity, plural(count, 'control'), ...rest]];
  });
};
const cells = (result: Result, twins: ReadonlySet<string>): readonly string[] => [
  standingOf(result),
  severityOf(result),
  result.control.id,
  placeOf(result, twins),
  reasonOf(result),
];

/** Less than this for the reasons, and every row would break into many lines. */
const leastForReasons = 40;
/** What the columns but the last take, with their borders. */
const othersOf = (rows: readonly (readonly string[])[]) =>
  [0, 1, 2, 3].map((n) => Math.max(8, ...rows.map((row) => widthOf(row[n] ?? ''))) + 2);

const wide = (rows: readonly (readonly string[])[], columns: number | undefined): string => {
  const others = othersOf(rows);
  const last = (columns ?? 0) - others.reduce((sum, width) => sum + width + 1, 2);
  const table = new Table({
    head: heads,
    style: { head: [], border: [], compact: true },
    ...(columns === undefined ? {} : { colWidths: [...others, last], wordWrap: true }),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
};

const indent = '  ';
/** Two lines a finding, more only where a name or a reason is longer than a line. */
const narrow = (row: readonly string[], columns: number): string => {
  const [standing = '', severity = '', control = '', place = '', reason = ''] = row;
  const isPlain = standing === 'standard';
  const head = [severity, paint.bold(control), isPlain ? '' : standing].filter(Boolean).join('  ');
  const lines = wrap(place, columns - widthOf(head) - 2);
  const [first = '', ...rest] = lines.length > 1 ? ['', ...wrap(place, columns - 2)] : lines;
  const reasons = reason === '' ? [] : wrap(reason, columns - indent.length);
  return [
    `${head}  ${first}`.trimEnd(),
    ...rest.map((line) => indent + line),
    ...reasons.map((line) => indent + paint.dim(line)),
  ].join('\n');
};

/** Findings for a terminal of so many columns, the most urgent first: a table, or two lines each where it is narrow. */
export const resultTable = (results: readonly Result[], columns: number | undefined): string => {
  const sorted = results.toSorted(byPriority);
  const twins = twinsIn(results);
  const rows = collapsed(
    sorted.map((result) => cells(result, twins)),
    sorted,
  );
  const others = othersOf(rows).reduce((sum, width) => sum + width + 1, 2);
  return columns !== undefined && columns - others < leastForReasons
    ? rows.map((row) => narrow(row, columns)).join('\n')
    : wide(rows, columns);
};
