import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import colors from 'picocolors';
import { wrap } from '../../reports/wrap.ts';
import { compareNaturally } from '../../support/compare.ts';
import { plural } from '../../support/plural.ts';
import { controlOf, field, type Write } from './narrator.ts';

const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

const isFailed = ({ Compliance, RecordState }: AwsSecurityFinding): boolean =>
  Compliance?.Status === 'FAILED' && RecordState === 'ACTIVE';
const resourceOf = ({ Resources }: AwsSecurityFinding): string => Resources?.[0]?.Id ?? '';
/** `security-group/sg-1` of an ARN: short, and taken by the command line's `explain` and `fix` alike. */
const shortOf = (arn: string): string =>
  arn.startsWith('arn:') ? arn.split(':').slice(5).join(':') : arn;
const nameOf = (who: string): string => shortOf(who).replace(/^(user|assumed-role)\//, '');

type Ranked = Pick<AwsSecurityFinding, 'Criticality' | 'Severity' | 'Compliance'>;
/** What is to be looked at first, as a finding says it: by its criticality, then by its severity. */
const rankOf = ({ Criticality = 0, Severity }: Ranked): number =>
  -10 * Criticality + severities.indexOf(Severity?.Label ?? 'LOW');
export const byCriticality = (a: Ranked, b: Ranked): number =>
  rankOf(a) - rankOf(b) || compareNaturally(controlOf(a), controlOf(b));

/** `1 critical, 5 medium`. */
const countText = (failed: readonly AwsSecurityFinding[]): string =>
  severities
    .map((severity) => ({
      severity,
      count: failed.filter(({ Severity }) => Severity?.Label === severity).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity.toLowerCase()}`)
    .join(', ');

const painted = (severity = ''): string => {
  const padded = severity.padEnd(8);
  if (severity === 'CRITICAL' || severity === 'HIGH') return colors.red(padded);
  return severity === 'MEDIUM' ? colors.yellow(padded) : padded;
};

/** Columns before what is said below a heading. */
const indent = 10;
/** Where nobody watches, nothing is wrapped. */
const unlimited = 100_000;

interface Line {
  readonly severity: string;
  readonly id: string;
  readonly text: string;
}
/** Lines below a heading: ids under each other, and what is longer than the terminal indented to where it began. */
const linesOf = (lines: readonly Line[], columns: number): readonly string[] => {
  const idWidth = Math.max(6, ...lines.map(({ id }) => id.length));
  const before = indent + 10 + idWidth + 2;
  return lines.flatMap(({ severity, id, text }) => {
    const [first = '', ...rest] = wrap(text, Math.max(20, columns - before));
    return [
      `${' '.repeat(indent)}${painted(severity)}  ${colors.bold(id.padEnd(idWidth))}  ${first}`.trimEnd(),
      ...rest.map((line) => ' '.repeat(before) + line),
    ];
  });
};
const listLines = (word: string, ids: readonly string[], columns: number): readonly string[] => {
  const before = indent + 10;
  const [first = '', ...rest] = wrap(ids.join(' '), Math.max(20, columns - before));
  return [
    `${' '.repeat(indent)}${word.padEnd(8)}  ${colors.dim(first)}`,
    ...rest.map((line) => ' '.repeat(before) + colors.dim(line)),
  ];
};

export interface LiveOptions {
  readonly write: Write;
  /** Of the terminal; undefined where there is none. */
  readonly columns?: number | undefined;
  /** How long what belongs together is waited for. */
  readonly quietMs?: number;
}

const passedLines = (
  findings: readonly AwsSecurityFinding[],
  columns: number,
): readonly string[] => {
  const active = findings.filter(({ RecordState }) => RecordState === 'ACTIVE');
  const statusOf = (one: AwsSecurityFinding) => one.Compliance?.Status;
  return [
    { word: 'passed', of: active.filter((one) => statusOf(one) === 'PASSED') },
    { word: 'unknown', of: active.filter((one) => statusOf(one) === 'NOT_AVAILABLE') },
    { word: 'archived', of: findings.filter(({ RecordState }) => RecordState === 'ARCHIVED') },
  ].flatMap(({ word, of }) =>
    of.length > 0 ? listLines(word, of.map(controlOf).sort(compareNaturally), columns) : [],
  );
};
const reasonOf = (finding: AwsSecurityFinding): string => field(finding, 'reason') ?? '';

/** What one event brought about comes under one heading, and what no event did, such as a sweep, under one as well. */
export const createLive = ({ write, columns = unlimited, quietMs = 60 }: LiveOptions) => {
  const waiting = new Map<string, AwsSecurityFinding[]>();
  let found: AwsSecurityFinding[] = [];

  const heading = (text: string): void => {
    const [first = '', ...rest] = wrap(text, Math.max(20, columns - indent));
    write(`${clock()}  ${first}`);
    for (const line of rest) write(' '.repeat(indent) + line);
  };
  const tellFound = (): void => {
    const failed = found.filter(isFailed).toSorted(byCriticality);
    const resources = new Set(found.map(resourceOf)).size;
    const many = plural(resources, 'resource');
    heading(`found by a look that no call asked for, on ${many}: ${countText(failed)}`);
    const lines = failed.map((one) => ({
      severity: one.Severity?.Label ?? '',
      id: controlOf(one),
      text: `${shortOf(resourceOf(one))}: ${reasonOf(one)}`,
    }));
    for (const line of linesOf(lines, columns)) write(line);
    found = [];
  };
  const tellEvent = (
    failed: readonly AwsSecurityFinding[],
    all: readonly AwsSecurityFinding[],
  ): void => {
    const [first] = failed;
    if (!first) return;
    const by = field(first, 'by');
    const who = by === undefined ? `one of ${field(first, 'among') ?? 'several'}` : nameOf(by);
    const calls = [...new Set(failed.flatMap((one) => field(one, 'call')?.split(' ') ?? []))];
    const what = calls.length > 0 ? ` calls ${calls.join(', ')}` : '';
    heading(`${colors.bold(who)}${what} on ${shortOf(resourceOf(first))}: ${countText(failed)}`);
    const lines = failed.toSorted(byCriticality).map((one) => ({
      severity: one.Severity?.Label ?? '',
      id: controlOf(one),
      text: reasonOf(one),
    }));
    for (const line of linesOf(lines, columns)) write(line);
    for (const line of passedLines(all, columns)) write(line);
  };
  const tell = (resource: string): void => {
    const all = waiting.get(resource) ?? [];
    waiting.delete(resource);
    const failed = all.filter(isFailed);
    const caused = failed.filter((one) => field(one, 'by') ?? field(one, 'among'));
    const uncaused = failed.filter((one) => !caused.includes(one));
    if (caused.length > 0) tellEvent(caused, all);
    else if (all.length > uncaused.length) {
      heading(shortOf(resource));
      for (const line of passedLines(all, columns)) write(line);
    }
    if (uncaused.length === 0) return;
    if (found.length === 0) setTimeout(tellFound, quietMs * 5);
    found.push(...uncaused);
  };

  return {
    finding(finding: AwsSecurityFinding): void {
      const resource = resourceOf(finding);
      const together = waiting.get(resource);
      if (together) return void together.push(finding);
      waiting.set(resource, [finding]);
      setTimeout(tell, quietMs, resource);
    },
    /** What is said by itself, such as what came of an action. */
    note: heading,
  };
};

const clock = () => colors.dim(new Date().toTimeString().slice(0, 8));
