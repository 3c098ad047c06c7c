import Table from 'cli-table3';
import type { Control, Severity } from '../../../model/control.ts';
import type { Subject } from '../../../pipeline/scan/scan-resource.ts';
import type { Framework } from '../../../reports/frameworks/resolve.ts';
import { paint } from '../../../reports/paint.ts';
import { byPriority, type Result, severities } from '../../../reports/result.ts';
import { plural } from '../../../support/plural.ts';
import { runAs } from '../../../support/run-as.ts';
import { endpointUrl } from '../../environment.ts';
import type { ScanPlace, ScanResult } from '../../evaluate-all.ts';
import type { Counts } from '../../output/tally.ts';
import type { SinceKnown } from './scan-known.ts';
import type { Tally } from './scan-tally.ts';

export interface Setting {
  readonly subjects: readonly Subject[];
  /** The baseline's file; `undefined` where the defaults count. */
  readonly baselineFile: string | undefined;
  readonly homeRegion: string;
}
const detail = (name: string, text: string): string => `${paint.dim(name.padEnd(10))}${text}`;

/** Every control that is evaluated, once. */
export const controlsIn = (subjects: readonly Subject[]): readonly Control[] => [
  ...new Set(subjects.flatMap(({ controls }) => controls)),
];

/** Who looks, where, and by what. */
export const headText = ({ account, caller, regions }: ScanPlace, setting: Setting): string => {
  const { subjects, baselineFile, homeRegion } = setting;
  const endpoint = endpointUrl();
  const isBeside =
    !regions.includes(homeRegion) && subjects.some((each) => each.type.scope !== 'regional');
  const beside = isBeside ? `, and ${homeRegion} for what is global` : '';
  return [
    detail('account', `${account}${endpoint === undefined ? '' : `, at ${endpoint}`}`),
    detail('as', caller),
    detail('regions', `${regions.join(', ')}${beside}`),
    detail('baseline', baselineFile ?? 'none: every control, with its defaults'),
    detail(
      'evaluates',
      `${plural(controlsIn(subjects).length, 'control')} on ${plural(subjects.length, 'resource type')}`,
    ),
    '',
  ].join('\n');
};

const inNumbers = /^(Critical|High|Medium|Low|Failed|Exempted|Unknown|Passed)$/;
const plainTable = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((name) => (inNumbers.test(name) ? 'right' : 'left')),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
};

/** What failed by service and severity, with what else there is. */
export const servicesTable = ({ services, counts }: Tally): string => {
  const number = (value: number) => (value === 0 ? paint.dim('·') : String(value));
  const rowOf = (name: string, failedBy: Readonly<Record<Severity, number>>, of: Counts) => [
    name,
    ...severities.map((severity) => number(failedBy[severity])),
    number(of.exempted),
    number(of.unknown),
    number(of.passed),
  ];
  const sorted = [...services].sort(([a], [b]) => (a < b ? -1 : 1));
  const sum = (severity: Severity) =>
    sorted.reduce((all, [, { failedBy }]) => all + failedBy[severity], 0);
  const all = {
    CRITICAL: sum('CRITICAL'),
    HIGH: sum('HIGH'),
    MEDIUM: sum('MEDIUM'),
    LOW: sum('LOW'),
  };
  return plainTable(
    ['Service', 'Critical', 'High', 'Medium', 'Low', 'Exempted', 'Unknown', 'Passed'],
    [
      ...sorted.map(([name, of]) => rowOf(name, of.failedBy, of)),
      ...(sorted.length > 1 ? [rowOf('all', all, counts)] : []),
    ],
  );
};

const resultOf = ({ failed, unknown, passed, exempted }: Counts): string => {
  if (failed > 0) return paint.red('failed');
  if (unknown > 0) return paint.yellow('unknown');
  if (exempted > 0) return paint.dim('exempted');
  return passed > 0 ? paint.green('passed') : paint.dim('nothing to evaluate');
};

export interface Requirement {
  readonly requirement: string;
  readonly controls: readonly string[];
  readonly counts: Counts;
}
/** A standard by its requirements, each with the controls that answer it. */
export const requirementsOf = (
  standard: Framework,
  { controls }: Pick<Tally, 'controls'>,
  all: readonly Control[],
): readonly Requirement[] => {
  const byId = new Map<string, Control>(all.map((control) => [control.id, control]));
  return standard.requirements.flatMap(({ id: requirement, controls: ids }) => {
    const answering = ids.flatMap((id) => byId.get(id) ?? []);
    if (answering.length === 0) return [];
    const counts = { passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 };
    for (const control of answering) {
      const of = controls.get(control) ?? counts;
      if (of === counts) continue;
      counts.passed += of.passed;
      counts.failed += of.failed;
      counts.exempted += of.exempted;
      counts.notApplicable += of.notApplicable;
      counts.unknown += of.unknown;
    }
    return [{ requirement, controls: answering.map(({ id }) => id), counts }];
  });
};
export const standardText = (standard: Framework, requirements: readonly Requirement[]): string =>
  [
    `${paint.bold(standard.title)}, as far as these controls answer it:`,
    plainTable(
      ['Requirement', 'Result', 'Failed', 'Exempted', 'Unknown', 'Passed', 'Controls'],
      requirements.map(({ requirement, controls, counts }) => [
        requirement,
        resultOf(counts),
        String(counts.failed),
        String(counts.exempted),
        String(counts.unknown),
        String(counts.passed),
        controls.join(' '),
      ]),
    ),
  ].join('\n');

export interface Next {
  readonly results: readonly Result[];
  readonly isKnown: boolean;
  readonly failed: number;
}
/** More than so many findings are a backlog, which nobody puts right in a day. */
const backlog = 20;

/** What to do about it: commands that run as they stand here. */
export const nextText = ({ results, isKnown, failed }: Next): string | undefined => {
  const [worst] = results
    .filter(({ verdict, exemption }) => verdict.status === 'FAIL' && !exemption)
    .toSorted(byPriority);
  if (!worst) return undefined;
  const steps = [
    [runAs(`explain ${worst.control.id}`), 'what it asks for, and why'],
    [
      runAs(`plan --control ${worst.control.id}`),
      'the calls that put it right, without making them',
    ],
    ...(failed > backlog && !isKnown
      ? [[runAs('scan --write-known known.json'), 'begin with what is new from now on']]
      : []),
  ];
  return [
    'Next',
    ...steps.map(([command, why]) => `  ${command}\n      ${paint.dim(why ?? '')}`),
  ].join('\n');
};

export const sinceText = (since: SinceKnown): string => {
  const { newFailed, knownFailed, putRight, newUnknown, knownUnknown, changed } = since;
  const unknowns =
    knownUnknown + newUnknown > 0
      ? [`${knownUnknown} unknown as before, ${newUnknown} newly unknown`]
      : [];
  const others = changed > 0 ? [`${changed} known, for another reason than before`] : [];
  return [
    `${newFailed} new, ${knownFailed} known, ${putRight} put right since`,
    ...unknowns,
    ...others,
  ].join('; ');
};

/** A line for each region, where there are several. */
export const regionsText = ({ byRegion }: Pick<ScanResult, 'byRegion'>): string | undefined => {
  const regions = Object.entries(byRegion);
  if (regions.length < 2) return undefined;
  const width = Math.max(...regions.map(([{ length }]) => length));
  return regions
    .map(([region, { resources, failed, unknown }]) => {
      const said = [`${failed} failed`, ...(unknown > 0 ? [`${unknown} unknown`] : [])];
      return `${region.padEnd(width)}  ${plural(resources, 'resource')}, ${said.join(', ')}`;
    })
    .join('\n');
};

export const summaryText = (
  counts: Counts,
  { resources, calls }: ScanResult,
  seconds: string,
): string => {
  const { failed, exempted, unknown, passed, notApplicable } = counts;
  return `${failed} failed, ${exempted} exempted, ${unknown} unknown, ${passed} passed, ${notApplicable} not applicable; ${plural(resources, 'resource')}, ${plural(calls, 'call')}, ${seconds} s`;
};
