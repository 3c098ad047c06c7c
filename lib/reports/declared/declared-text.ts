import { basename } from 'node:path';
import { type Exemption, exemptedText } from '../../engine/baseline/exemption.ts';
import { compareText } from '../../support/compare.ts';
import { harmless } from '../../support/harmless.ts';
import { plural } from '../../support/plural.ts';
import { paint } from '../paint.ts';
import { wrap } from '../wrap.ts';
import type { Change } from './declared-change.ts';
import {
  type CheckResult,
  conditionsOf,
  inOrder,
  isOpenFailure,
  type Located,
} from './declared-result.ts';

const colours = {
  CRITICAL: paint.red,
  HIGH: paint.red,
  MEDIUM: paint.yellow,
  LOW: paint.dim,
} as const;
const mostExcerpt = 140;
/** Of a longer line, such as a minified document, only what is around the place is shown. */
const longestLine = 300;
const around = 20;
// A template is somebody's text: what would move a cursor or colour a line is shown as a question mark.
const shown = (text: string): string => harmless(text.replaceAll('\n', '?'));

/** From which column to which a line is shown. */
const windowOf = ({ length }: string, column: number, end: number) => {
  const isLong = length > longestLine;
  const from = isLong || column > mostExcerpt ? Math.max(1, column - around) : 1;
  const most = Math.min(length, from - 1 + mostExcerpt);
  return { from, to: isLong ? Math.min(most, end - 1 + around) : most };
};

/** The line that a verdict is about, with a mark below what decides. */
const excerptOf = ({ lines, range, isHidden }: Located): readonly string[] => {
  const hidden = [paint.dim(`  ${range.line} | (not shown)`)];
  if (isHidden) return hidden;
  if (!lines) return [];
  if (lines.has(range.line)) return hidden;
  const line = lines.textOf(range.line).trimEnd();
  const end = range.endLine === range.line ? range.endColumn : line.length + 1;
  const { from, to } = windowOf(line, range.column, end);
  const [before, after] = [from > 1 ? '…' : '', to < line.length ? '…' : ''];
  const part = `${before}${line.slice(from - 1, to)}${after}`;
  const column = range.column - from + before.length;
  const length = Math.max(1, Math.min(end, to + 1) - range.column);
  const number = String(range.line);
  const margin = ' '.repeat(number.length);
  return [
    paint.dim(`  ${number} | `) + shown(part),
    paint.dim(`  ${margin} | `) + ' '.repeat(column) + paint.red('^'.repeat(length)),
  ];
};

const headOf = (one: Located): string => {
  const { control, file, range, name, resourceType, construct, verdict, exemption } = one;
  const place = paint.bold(shown(`${file}:${range.line}:${range.column}`));
  const kind = exemption
    ? 'exempted'
    : verdict.status === 'FAIL'
      ? control.severity
      : verdict.status;
  const colour = verdict.status === 'FAIL' && !exemption ? colours[control.severity] : paint.dim;
  const who = construct ?? name;
  return `${place}  ${colour(kind)}  ${control.id}  ${shown(who)} (${shown(resourceType)})`;
};

const exemptionText = (exemption: Exemption, { isInSource }: Located): string =>
  isInSource ? `exempted in the template: ${shown(exemption.reason)}` : exemptedText(exemption);

const blockOf = (one: Located, columns: number): string => {
  const { verdict, control, exemption, madeAt } = one;
  const reason = 'reason' in verdict ? verdict.reason : control.title;
  const lines = [
    shown(reason),
    ...conditionsOf(one).map(shown),
    ...(exemption ? [exemptionText(exemption, one)] : []),
    ...(madeAt ? [shown(`made at ${madeAt.file}:${madeAt.line}:${madeAt.column}`)] : []),
  ];
  // A word within a line can begin one now.
  const text = lines.flatMap((line) =>
    wrap(line, Math.max(40, columns - 2)).map((each) => `  ${shown(each)}`),
  );
  const excerpt = verdict.status === 'FAIL' && !exemption ? excerptOf(one) : [];
  return [headOf(one), ...text, ...excerpt].join('\n');
};

/** Counts, as the last line. */
export const declaredSummary = (result: CheckResult): string => {
  const { located, counted = new Map(), files, resources } = result;
  const count = (is: (one: Located) => boolean) => located.filter(is).length;
  const passed = [...counted.values()].reduce((sum, { PASS }) => sum + PASS, 0);
  const failed = count(isOpenFailure);
  const parts = [
    `${failed} failed`,
    `${count(({ exemption }) => exemption !== undefined)} exempted`,
    `${count(({ verdict }) => verdict.status === 'UNKNOWN')} unknown`,
    `${passed + count(({ verdict }) => verdict.status === 'PASS')} passed`,
  ];
  return `${plural(resources, 'resource')} in ${plural(files, 'file')}: ${parts.join(', ')}.`;
};

/** The folders below which nothing was read, by their names; `undefined` where there are none. */
export const foldersText = ({ foldersPassedOver = new Set() }: CheckResult): string | undefined => {
  const { size } = foldersPassedOver;
  if (size === 0) return undefined;
  const names = [...new Set([...foldersPassedOver].map((one) => shown(basename(one))))];
  const some = names.toSorted(compareText).slice(0, 5).join(', ');
  const more = names.length > 5 ? ' and others' : '';
  return `${plural(size, 'folder')} ${size === 1 ? 'was' : 'were'} not read: ${some}${more}.`;
};

/** The types at which nothing looks; `undefined` where there are none. */
export const passedOverText = ({ passedOver = new Map() }: CheckResult): string | undefined => {
  const types = [...passedOver].toSorted(([a], [b]) => compareText(a, b));
  if (types.length === 0) return undefined;
  const each = types.map(([type, count]) =>
    count === 1 ? shown(type) : `${shown(type)} (${count})`,
  );
  return `No control looks at: ${each.join(', ')}.`;
};

/** The verdicts that are asked for, each with its place in the source, in pieces: all of them as one text take much at once. */
export function* declaredText(
  result: CheckResult,
  isShown: (one: Located) => boolean,
  columns = 100,
): Generator<string> {
  let before = '';
  for (const { located } of inOrder(result.located.filter(isShown))) {
    yield before + blockOf(located, columns);
    before = '\n\n';
  }
}

/** What another evaluation brought, and how all of it stands then. */
export const declaredChange = (
  { appeared, gone, told, toldNoMore }: Change,
  result: CheckResult,
  columns = 100,
): string => {
  const evaluated = new Set(result.located.map(({ file }) => file));
  // Of a file in the middle of a change that cannot be read, nothing is put right.
  const unread = new Set(
    result.problems.flatMap(({ file }) => (evaluated.has(file) ? [] : [file])),
  );
  const left = gone.map(({ file, control, name, resourceType }) => {
    const said = (what: string) =>
      shown(`${file}  ${what}  ${control.id}  ${name} (${resourceType})`);
    return unread.has(file) ? paint.yellow(said('unknown now')) : paint.green(said('no longer'));
  });
  const lines = [
    ...told.map(shown),
    ...toldNoMore.map((one) => paint.dim(`no longer: ${shown(one)}`)),
  ];
  const blocks = inOrder(appeared).map(({ located }) => blockOf(located, columns));
  return [...blocks, [...left, ...lines].join('\n'), declaredSummary(result)]
    .filter((part) => part !== '')
    .join('\n\n');
};
