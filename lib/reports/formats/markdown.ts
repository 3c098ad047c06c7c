import { plural } from '../../support/plural.ts';
import type { Changed } from '../compliance/compare.ts';
import type { FrameworkReport, Report } from '../compliance/report.ts';
import type { RequirementStanding } from '../compliance/standing.ts';
import { threeNumbers } from '../compliance/summary.ts';
import type { Durations } from '../history/durations.ts';
import type { PeriodAbout } from '../history/period-report.ts';
import { visible } from './visible.ts';
import {
  actionDurations,
  actionWords,
  askedWords,
  durationText,
  endingText,
  notesText,
  requirementWords,
} from './words.ts';

/** Shows as nothing, and ends what GitHub takes for an address, a mention or an issue, also in text that is HTML by then. */
const gap = '&#8203;';
const shown: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // Between two of them GitHub shows mathematics.
  $: '&#36;',
  '@': `@${gap}`,
  '#': `\\#${gap}`,
};

/** A text of somebody else on one line, of which nothing is markup: no link, mention, image, list or line of a table. */
export const markdownText = (text: string): string =>
  visible(text.trim(), 300)
    .replaceAll(/[\\`*_{}[\]()+!|~&<>$@#]/g, (one) => shown[one] ?? `\\${one}`)
    .replace(/^[-=]/, '\\$&')
    .replace(/^\d+(?=\.(?:\s|$))/, '$&\\')
    .replaceAll('://', `:${gap}//`)
    .replaceAll(/www(?=\.)|\bGH(?=-\d)/gi, `$&${gap}`);

const tableOf = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

// A comment of a pull request holds 65,536 characters.
const most = 50;
const capped = (lines: readonly string[], count: number, what: string): readonly string[] =>
  count > most ? [...lines, '', `${count - most} more ${what} are in the other formats.`] : lines;

const resultRow = ({ control, severity, account, region, arn, reason, exemption }: Changed) => [
  markdownText(control),
  severity.toLowerCase(),
  markdownText(`${account} ${region}`),
  markdownText(arn),
  markdownText(
    exemption
      ? `${reason ?? ''}; ${exemption.owner} until ${exemption.expires.slice(0, 10)}`
      : (reason ?? ''),
  ),
];
const resultTable = (title: string, results: readonly Changed[]): readonly string[] =>
  results.length === 0
    ? []
    : [
        `### ${title}: ${results.length}`,
        '',
        ...capped(
          tableOf(
            ['Control', 'Severity', 'Account, region', 'Resource', 'Reason'],
            results.slice(0, most).map(resultRow),
          ),
          results.length,
          'results',
        ),
        '',
      ];

const requirementRow = ({ id, status, isPart, controls, attestation }: RequirementStanding) => [
  markdownText(id),
  `${requirementWords[status]}${isPart ? ', in part' : ''}`,
  controls.map((control) => control.id).join(', '),
  attestation ? markdownText(`${attestation.by} until ${attestation.until}`) : '',
];
const frameworkLines = (framework: FrameworkReport): readonly string[] => {
  const { title, summary, requirements, changes = [] } = framework;
  const shown = requirements.filter(({ status }) =>
    ['FAILED', 'UNKNOWN', 'EXEMPTED', 'ATTESTED', 'MANUAL'].includes(status),
  );
  return [
    `## ${markdownText(title)}`,
    '',
    ...tableOf(
      ['', '', ''],
      threeNumbers(summary).map(([name, share, of]) => [name, `**${share}**`, of]),
    ),
    '',
    ...changes.map(
      ({ id, before, now }) =>
        `- ${markdownText(id)}: was ${requirementWords[before]}, is ${requirementWords[now]}`,
    ),
    ...(changes.length > 0 ? [''] : []),
    ...capped(
      tableOf(
        ['Requirement', 'Status', 'Controls', 'Attested'],
        shown.slice(0, most).map(requirementRow),
      ),
      shown.length,
      'requirements',
    ),
    '',
  ];
};

const durationLine = (name: string, { count, median, ninth, longest }: Durations) => [
  name,
  String(count),
  durationText(median),
  durationText(ninth),
  durationText(longest),
];
const durationsLines = (rows: readonly (readonly [string, Durations])[]): readonly string[] =>
  tableOf(
    ['How long it took', 'Cases', 'Half of them within', 'Nine of ten within', 'Longest'],
    rows.map(([name, durations]) => durationLine(name, durations)),
  );
const periodLines = ({ from, to, moved, detected, repaired }: PeriodAbout): readonly string[] => {
  const rows = moved.map(({ move, control, account, region, resource, at = '' }) => [
    move,
    markdownText(control),
    markdownText(`${account} ${region}`),
    markdownText(resource),
    markdownText(at),
  ]);
  const head = ['What', 'Control', 'Account, region', 'Resource', 'Turned at'];
  return [
    '## The period',
    '',
    `${markdownText(from)} until ${markdownText(to)}.`,
    '',
    ...durationsLines([
      ['From the call to the finding', detected],
      ['From the failure to its end', repaired],
    ]),
    '',
    ...(rows.length > 0
      ? [...capped(tableOf(head, rows.slice(0, most)), rows.length, 'moves'), '']
      : []),
  ];
};

const firstLines = ({ first }: Report): readonly string[] =>
  first.length === 0
    ? []
    : [
        '## What to do first',
        '',
        ...first.map(
          ({ control, severity, account, region, arn, reason = '', command, advice }) =>
            `1. **${markdownText(control)}** ${severity.toLowerCase()}, ${markdownText(`${arn}, ${account} ${region}: ${reason}`)}. ${command === undefined ? markdownText(advice) : `\`${command}\``}`,
        ),
        '',
      ];

const actionsLines = (actions: Report['actions']): readonly string[] => {
  if (!actions) return [];
  const { from, to, list, isCut } = actions;
  const rows = list.map((action) => [
    markdownText(action.startedAt),
    action.controls.map(markdownText).join(', '),
    markdownText(`${action.account} ${action.region}`),
    markdownText(action.resource),
    markdownText(actionWords(action)),
    askedWords[action.askedBy],
    ...[action.toDetectSeconds, action.toRepairSeconds].map((seconds) =>
      seconds === undefined ? '' : durationText(seconds),
    ),
    markdownText(notesText(action)),
  ]);
  const head = [
    'Begun',
    'Controls',
    'Account, region',
    'Resource',
    'Outcome',
    'Asked for by',
    'To detect',
    'To repair',
    'Notes',
  ];
  return [
    `## Actions done and undone: ${list.length}`,
    '',
    `${markdownText(from)} until ${markdownText(to)}.${isCut ? ' There were more: only the latest are listed.' : ''}`,
    '',
    ...(list.length === 0
      ? ['Nothing was done.', '']
      : [
          ...durationsLines(actionDurations(actions)),
          '',
          ...capped(tableOf(head, rows.slice(0, most)), rows.length, 'actions'),
          '',
        ]),
  ];
};

/** A summary for a pull request or a wiki; the other formats hold all. */
export function* reportMarkdown(report: Report): Generator<string> {
  const { plumbline, scans, gaps, frameworks, changes, failures, exceptions, unknown } = report;
  yield `${[
    '# Compliance report',
    '',
    ...scans.map(
      ({ account, at, regions }) =>
        `- account ${markdownText(account)}, ${markdownText(regions.join(', '))}, ${at}`,
    ),
    '',
    '## What nobody looked at',
    '',
    ...gaps.map((gap) => `- ${markdownText(gap)}`),
    '',
    ...frameworks.flatMap(frameworkLines),
    ...(report.period ? periodLines(report.period) : []),
    ...(changes
      ? [
          '## Since the earlier report',
          '',
          `${plural(changes.same, 'failure')} as before.`,
          '',
          ...resultTable('Worse', changes.worse),
          ...resultTable('Better', changes.better),
          ...resultTable('Seen for the first time', changes.firstSeen),
          ...resultTable('Exempted since', changes.excepted),
          ...resultTable('Failed before, unknown now', changes.open),
        ]
      : []),
    ...firstLines(report),
    '## Results',
    '',
    ...resultTable('Failed', failures),
    ...resultTable('Exempted', exceptions),
    ...(exceptions.length > 0 ? [endingText(report), ''] : []),
    ...resultTable('Unknown', unknown),
    ...actionsLines(report.actions),
    `Plumbline ${plumbline}. Sums of the scans: ${scans.map(({ sha256 }) => sha256.slice(0, 16)).join(', ')}.`,
  ]
    .join('\n')
    .trimEnd()}\n`;
}
