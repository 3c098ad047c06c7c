import { plural } from '../../support/plural.ts';
import type { PeriodAbout } from '../history/period-report.ts';
import { type Attestation, counts } from './attestation.ts';
import type { Recorded } from './record.ts';
import type { RequirementStanding } from './standing.ts';

interface Scanned {
  readonly scan: Recorded;
}
/** What a report is made of, as far as it says what is not known. */
interface MadeOf {
  readonly sources: readonly Scanned[];
  readonly earlier?: readonly Scanned[];
  /** What was asked for, in a sentence. @default - all */
  readonly scope?: string;
  readonly attestations: readonly Attestation[];
  readonly period?: PeriodAbout;
}
interface Standing {
  readonly id: string;
  readonly requirements: readonly RequirementStanding[];
}

export const latest = (scans: readonly Recorded[]): Date =>
  new Date(Math.max(...scans.map(({ at }) => Date.parse(at))));

/** What changes between two scans beside the account itself. */
const movedText = ({ sources, earlier = [] }: MadeOf): readonly string[] => {
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

/** Why a control was not evaluated. */
const unassessedText = (scans: readonly Recorded[]): string =>
  scans.every(({ source = 'scan' }) => source !== 'scan')
    ? 'turned off, or nothing is known that it evaluates'
    : 'turned off, left out by options, or on hosts, which a scan does not read';

/** Of a period, when nobody knows. */
const periodText = (
  { from, to, gaps, allowedDays }: PeriodAbout,
  sources: readonly Scanned[],
): readonly string[] => [
  sources.every(({ scan }) => scan.source === 'history')
    ? `From ${from} until ${to}. A failure counts where it lasted for longer than it may: ${Object.entries(
        allowedDays,
      )
        .map(([severity, days]) => `${severity} ${plural(days, 'day')}`)
        .join(', ')}.`
    : `Requirements stand as they were known when this was made. What happened from ${from} until ${to} is told beside them.`,
  ...gaps.map(
    (gap) =>
      `Account ${[gap.account, gap.region, gap.control].filter((one) => one !== undefined).join(', ')}, from ${gap.from} until ${gap.to}: ${gap.why}; what passed then, nobody knows.`,
  ),
];

/** A word that is over, or that nothing asks for. */
const idleText = (
  { attestations, sources }: MadeOf,
  reports: readonly Standing[],
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

/** What nobody looked at, and what could not be read, in sentences. */
export const gapsOf = (
  input: MadeOf,
  again: readonly string[],
  reports: readonly Standing[],
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
    ...(input.scope === undefined ? [] : [input.scope]),
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
      ? periodText(input.period, input.sources)
      : [
          scans.some(({ actions }) => actions !== undefined)
            ? 'This is one moment. How it stood before, only a history says.'
            : 'This is one moment. What was so between two scans, when it was found and what was done, a saved scan does not say.',
        ]),
  ];
};
