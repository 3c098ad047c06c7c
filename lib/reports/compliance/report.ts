import { plural } from '../../support/plural.ts';
import { type Framework, inOrder } from '../frameworks/resolve.ts';
import type { PeriodAbout } from '../history/period-report.ts';
import { type Attestation, attestationOn, counts } from './attestation.ts';
import { type Changed, type Comparison, compared, resultsOf } from './compare.ts';
import { onceEach } from './once.ts';
import type { Recorded } from './record.ts';
import { type RequirementStanding, type RequirementStatus, standings } from './standing.ts';
import { type Summary, summaryOf } from './summary.ts';
import { byUrgency } from './urgency.ts';

/** The form of a report as JSON; it rises when a reader of the one before would read it wrongly. */
export const reportSchema = 'plumbline-report/1';

/** A saved scan and the sum of its file. */
export interface Source {
  readonly scan: Recorded;
  readonly sha256: string;
}
export interface ControlAbout {
  readonly title: string;
  readonly severity: string;
  readonly advice: string;
  /** Empty where it is not on the web. */
  readonly url: string;
}
export interface ReportInput {
  readonly plumbline: string;
  readonly sources: readonly Source[];
  readonly frameworks: readonly Framework[];
  readonly attestations: readonly Attestation[];
  /** Where the sources are of a history: what it says of the period beside them. */
  readonly period?: PeriodAbout;
  /** What it is compared with. */
  readonly earlier?: readonly Source[];
  readonly about: (control: string) => ControlAbout;
}
export interface RequirementChange {
  readonly id: string;
  readonly before: RequirementStatus;
  readonly now: RequirementStatus;
}
export interface FrameworkReport extends Omit<Framework, 'requirements' | 'isOpen'> {
  readonly summary: Summary;
  readonly requirements: readonly RequirementStanding[];
  readonly changes?: readonly RequirementChange[];
}
export interface ScanAbout {
  readonly account: string;
  readonly at: string;
  readonly regions: readonly string[];
  readonly plumbline: string;
  readonly resources: number;
  /** `posture`: what an installation knew; `history`: what it kept of a period; else it was read then. */
  readonly source: 'scan' | 'posture' | 'history';
  /** Sum of the baseline that counted. */
  readonly baseline: string;
  readonly sha256: string;
}
export interface Report {
  readonly schema: typeof reportSchema;
  readonly plumbline: string;
  readonly scans: readonly ScanAbout[];
  readonly comparedWith?: readonly ScanAbout[];
  readonly period?: PeriodAbout;
  /** What nobody looked at, and what could not be read: none of it is clean. */
  readonly gaps: readonly string[];
  readonly frameworks: readonly FrameworkReport[];
  readonly changes?: Comparison;
  /** What fails, the most urgent first. */
  readonly failures: readonly Changed[];
  readonly unknown: readonly Changed[];
  /** Failures that somebody answers for, the one that ends first at the head. */
  readonly exceptions: readonly Changed[];
  readonly controls: Readonly<Record<string, ControlAbout>>;
}

const aboutScan = ({ scan, sha256 }: Source): ScanAbout => ({
  account: scan.account,
  at: scan.at,
  regions: scan.regions,
  plumbline: scan.plumbline,
  resources: scan.resources,
  source: scan.source ?? 'scan',
  baseline: scan.baseline,
  sha256,
});
const latest = (scans: readonly Recorded[]): Date =>
  new Date(Math.max(...scans.map(({ at }) => Date.parse(at))));

/** What changes between two scans beside the account itself. */
const movedText = ({ sources, earlier = [] }: ReportInput): readonly string[] => {
  const isSame = (key: 'plumbline' | 'baseline') =>
    earlier.every(({ scan: then }) =>
      sources.every(({ scan: now }) => now.account !== then.account || now[key] === then[key]),
    );
  const why = 'has changed since the earlier scan: worse and better can come from that alone.';
  return [
    ...(isSame('baseline') ? [] : [`The baseline ${why}`]),
    ...(isSame('plumbline') ? [] : [`Plumbline ${why}`]),
  ];
};

/** Results that a framework asks for: of hosts, those that run its system. */
const asksFor = (reports: readonly FrameworkReport[]): ((result: Changed) => boolean) => {
  const asked = reports.map(({ system, requirements }) => ({
    system,
    controls: new Set(requirements.flatMap(({ controls }) => controls.map(({ id }) => id))),
  }));
  return ({ control, system }) =>
    asked.some(
      (each) => (each.system === undefined || each.system === system) && each.controls.has(control),
    );
};

/** Why a control was not evaluated. */
const unassessedText = (scans: readonly Recorded[]): string =>
  scans.every(({ source = 'scan' }) => source !== 'scan')
    ? 'turned off, or nothing is known that it evaluates'
    : 'turned off, left out by options, or on hosts, which a scan does not read';

/** Of a period, when nobody knows. */
const periodText = ({ from, to, gaps, allowedDays }: PeriodAbout): readonly string[] => [
  `From ${from} until ${to}. A failure counts where it lasted for longer than it may: ${Object.entries(
    allowedDays,
  )
    .map(([severity, days]) => `${severity} ${plural(days, 'day')}`)
    .join(', ')}.`,
  ...gaps.map(
    (gap) =>
      `Account ${[gap.account, gap.region, gap.control].filter((one) => one !== undefined).join(', ')}, from ${gap.from} until ${gap.to}: ${gap.why}; what passed then, nobody knows.`,
  ),
];

/** A word that is over, or that nothing asks for. */
const idleText = (
  { attestations, sources }: ReportInput,
  reports: readonly FrameworkReport[],
): readonly string[] =>
  attestations.flatMap((each) => {
    const framework = reports.find(({ id }) => id === each.standard);
    const requirement = framework?.requirements.find(({ id }) => id === each.requirement);
    if (!framework || requirement?.attestation) return [];
    const what = `The attestation of ${each.standard} ${each.requirement} by ${each.by}`;
    if (!requirement) return [`${what} counts for nothing: the framework has no such requirement.`];
    return counts(each, latest(sources.map(({ scan }) => scan)))
      ? [`${what} counts for nothing: controls answer it, or a longer one does.`]
      : [`${what} ended with ${each.until}.`];
  });

const gapsOf = (
  input: ReportInput,
  again: readonly string[],
  reports: readonly FrameworkReport[],
): readonly string[] => {
  const scans = input.sources.map(({ scan }) => scan);
  const off = new Set(
    reports.flatMap(({ requirements }) =>
      requirements.flatMap(({ controls }) =>
        controls.filter(({ status }) => status === 'NOT_ASSESSED').map(({ id }) => id),
      ),
    ),
  );
  const unknown = scans.reduce((sum, { counts }) => sum + counts.unknown, 0);
  const narrowed = scans.filter(({ isNarrowed }) => isNarrowed).map(({ account }) => account);
  const places = scans.map(({ account, regions }) => `${account}: ${regions.join(', ')}`);
  return [
    `Looked at: ${places.join('; ')}. No other account and no other region.`,
    ...again,
    ...scans.flatMap(({ account, gaps = [] }) => gaps.map((gap) => `Account ${account}: ${gap}`)),
    ...(narrowed.length > 0
      ? [
          `The scan of ${narrowed.join(', ')} left resources out by its options: what passes, passes for the rest.`,
        ]
      : []),
    ...(unknown > 0
      ? [
          `${plural(unknown, 'verdict is', 'verdicts are')} unknown: what could not be read is not met.`,
        ]
      : []),
    ...(off.size > 0
      ? [
          `${plural(off.size, 'control')} of these frameworks ${off.size === 1 ? 'was' : 'were'} not evaluated: ${unassessedText(scans)}.`,
        ]
      : []),
    ...movedText(input),
    ...idleText(input, reports),
    ...(input.period
      ? periodText(input.period)
      : [
          'This is one moment. What was so between two scans, when it was found and what was done, a saved scan does not say.',
        ]),
  ];
};

const changesOf = (
  before: readonly RequirementStanding[],
  now: readonly RequirementStanding[],
): readonly RequirementChange[] => {
  const then = new Map(before.map(({ id, status }) => [id, status]));
  return now.flatMap(({ id, status }) => {
    const earlier = then.get(id);
    return earlier === undefined || earlier === status
      ? []
      : [{ id, before: earlier, now: status }];
  });
};

const frameworkReport = (
  framework: Framework,
  { sources, earlier, attestations }: ReportInput,
): FrameworkReport => {
  const { requirements: _, isOpen: __, ...about } = framework;
  const stand = (all: readonly Source[]) => {
    const scans = all.map(({ scan }) => scan);
    return standings(framework, scans, attestationOn(attestations, framework.id, latest(scans)));
  };
  const requirements = stand(sources);
  return {
    ...about,
    summary: summaryOf(requirements),
    requirements,
    ...(earlier ? { changes: changesOf(stand(earlier), requirements) } : {}),
  };
};

/** The same scans, with what two of them say of one account left in the later one. */
const once = (sources: readonly Source[]) => {
  const { scans, gaps } = onceEach(sources.map(({ scan }) => scan));
  const left = sources.map((source, index) => ({ ...source, scan: scans[index] ?? source.scan }));
  return { sources: left, gaps };
};

/** A report of saved scans: nothing but what it is given enters it, so that the same input gives the same bytes. */
export const reportOf = (given: ReportInput): Report => {
  const { sources, gaps: again } = once(given.sources);
  const earlier = given.earlier && once(given.earlier).sources;
  const input = { ...given, sources, ...(earlier ? { earlier } : {}) };
  const { plumbline, about } = input;
  const reports = input.frameworks.map((framework) => frameworkReport(framework, input));
  const asked = new Set(
    reports.flatMap(({ requirements }) =>
      requirements.flatMap(({ controls }) => controls.map(({ id }) => id)),
    ),
  );
  const asks = asksFor(reports);
  const onlyAsked = (all: readonly Source[]) =>
    all.map(({ scan }) => ({ ...scan, results: scan.results.filter(asks) }));
  const scans = onlyAsked(sources);
  const results = resultsOf(scans, asked).toSorted(byUrgency);
  const failing = results.filter(({ status }) => status === 'FAIL');
  const before = earlier && onlyAsked(earlier);
  return {
    schema: reportSchema,
    plumbline,
    scans: sources.map(aboutScan),
    ...(earlier ? { comparedWith: earlier.map(aboutScan) } : {}),
    ...(input.period ? { period: input.period } : {}),
    gaps: gapsOf(input, again, reports),
    frameworks: reports,
    ...(before ? { changes: compared(before, scans, asked) } : {}),
    failures: failing.filter(({ exemption }) => !exemption),
    unknown: results.filter(({ status }) => status === 'UNKNOWN'),
    exceptions: failing
      .filter(({ exemption }) => exemption)
      .toSorted((a, b) => compareText(a.exemption?.expires ?? '', b.exemption?.expires ?? '')),
    controls: Object.fromEntries([...asked].sort(inOrder).map((id) => [id, about(id)])),
  };
};
const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
