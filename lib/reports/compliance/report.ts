import { compareText } from '../../support/compare.ts';
import { type Framework, inOrder } from '../frameworks/resolve.ts';
import type { PeriodAbout } from '../history/period-report.ts';
import { actionsOf, type ReportedActions } from './actions.ts';
import { type Attestation, attestationOn } from './attestation.ts';
import { type Changed, type Comparison, compared, resultsOf } from './compare.ts';
import { firstOf, type ToDo } from './first.ts';
import { gapsOf, latest } from './not-known.ts';
import { onceEach } from './once.ts';
import type { Recorded } from './record.ts';
import { type RequirementStanding, type RequirementStatus, standings } from './standing.ts';
import { type Summary, summaryOf } from './summary.ts';
import { mostUrgentFirst } from './urgency.ts';

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
  /** What was asked for, in a sentence. @default - all that the sources have */
  readonly scope?: string;
  /** Where the sources are of a history: what it says of the period beside them. */
  readonly period?: PeriodAbout;
  /** What it is compared with. */
  readonly earlier?: readonly Source[];
  readonly about: (control: string) => ControlAbout;
  /** Whether there is a plan for what fails of a control. @default - of none */
  readonly isPlanned?: (control: string) => boolean;
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
  readonly source: NonNullable<Recorded['source']>;
  /** Sum of the baseline that counted. */
  readonly baseline: string;
  readonly sha256: string;
}
/** An account, or a region of it, that was to be looked at and was not. */
export interface NotLookedAt {
  readonly account: string;
  readonly region?: string;
  readonly why: string;
}
export interface Report {
  readonly schema: typeof reportSchema;
  readonly plumbline: string;
  readonly scans: readonly ScanAbout[];
  readonly comparedWith?: readonly ScanAbout[];
  readonly period?: PeriodAbout;
  /** What nobody looked at, and what could not be read: none of it is clean. */
  readonly gaps: readonly string[];
  /** What was to be looked at and was not. @default - nothing */
  readonly notLookedAt?: readonly NotLookedAt[];
  readonly frameworks: readonly FrameworkReport[];
  readonly changes?: Comparison;
  /** What to do first. */
  readonly first: readonly ToDo[];
  /** What was done and undone, where an installation tells. */
  readonly actions?: ReportedActions;
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

/** What a scan did not look at, but where nothing can be. */
const unseenIn = (
  { account, notLookedAt = [] }: Recorded,
  asked: ReadonlySet<string>,
): readonly NotLookedAt[] =>
  notLookedAt
    .filter(
      ({ isOff, controls }) =>
        isOff !== true && (controls === undefined || controls.some((id) => asked.has(id))),
    )
    .map(({ account: other = account, region, why }) => ({
      account: other,
      ...(region === undefined ? {} : { region }),
      why,
    }));

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

const urgentFirst = (changes: Comparison): Comparison => ({
  worse: changes.worse.toSorted(mostUrgentFirst),
  better: changes.better.toSorted(mostUrgentFirst),
  firstSeen: changes.firstSeen.toSorted(mostUrgentFirst),
  excepted: changes.excepted.toSorted(mostUrgentFirst),
  open: changes.open.toSorted(mostUrgentFirst),
  same: changes.same,
});

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
  const results = resultsOf(scans, asked).toSorted(mostUrgentFirst);
  const failing = results.filter(({ status }) => status === 'FAIL');
  const before = earlier && onlyAsked(earlier);
  const failures = failing.filter(({ exemption }) => !exemption);
  const actions = actionsOf(sources.map(({ scan }) => scan));
  const unseen = sources.flatMap(({ scan }) => unseenIn(scan, asked));
  return {
    schema: reportSchema,
    plumbline,
    scans: sources.map(aboutScan),
    ...(earlier ? { comparedWith: earlier.map(aboutScan) } : {}),
    ...(input.period ? { period: input.period } : {}),
    gaps: gapsOf(input, again, reports),
    ...(unseen.length > 0 ? { notLookedAt: unseen } : {}),
    frameworks: reports,
    ...(before ? { changes: urgentFirst(compared(before, scans, asked)) } : {}),
    first: firstOf(
      failures,
      sources.map(({ scan }) => scan),
      about,
      given.isPlanned ?? (() => false),
    ),
    ...(actions ? { actions } : {}),
    failures,
    unknown: results.filter(({ status }) => status === 'UNKNOWN'),
    exceptions: failing
      .filter(({ exemption }) => exemption)
      .toSorted((a, b) => compareText(a.exemption?.expires ?? '', b.exemption?.expires ?? '')),
    controls: Object.fromEntries([...asked].sort(inOrder).map((id) => [id, about(id)])),
  };
};
