import { plural } from '../../support/plural.ts';
import type { Changed } from '../compliance/compare.ts';
import type { Report } from '../compliance/report.ts';
import type { RequirementStanding } from '../compliance/standing.ts';

/** How an item stands. Nothing that nobody looked at is done. */
export const outcomes = [
  'done',
  'not done',
  'exempted',
  'not applicable',
  'cannot tell',
  'to attest',
  'no control yet',
] as const;
export type Outcome = (typeof outcomes)[number];

export interface ItemOutcome {
  readonly id: string;
  readonly section: string;
  readonly title: string;
  readonly outcome: Outcome;
  /** How it stood in the scan that it is compared with. */
  readonly before?: Outcome;
  readonly why: string;
  readonly controls: readonly string[];
  /** What is not as it should be, or nobody can tell. */
  readonly resources: readonly Changed[];
}

const outcomeOf = ({ status, isPart }: Pick<RequirementStanding, 'status' | 'isPart'>): Outcome => {
  if (status === 'FAILED') return 'not done';
  if (status === 'EXEMPTED') return 'exempted';
  if (status === 'MANUAL') return 'to attest';
  if (status === 'NOT_YET') return 'no control yet';
  if (isPart || status === 'UNKNOWN' || status === 'NOT_ASSESSED') return 'cannot tell';
  return status === 'NO_RESOURCES' ? 'not applicable' : 'done';
};

const whyOf = (item: RequirementStanding, outcome: Outcome): string => {
  const { attestation, missing, controls } = item;
  if (attestation && (outcome === 'done' || outcome === 'not applicable'))
    return `${attestation.by} attests it until ${attestation.until}: ${attestation.link}`;
  if (outcome === 'to attest') return 'people answer it, and nobody has';
  if (outcome === 'no control yet') return 'no control answers it yet';
  if (outcome !== 'cannot tell') return '';
  const off = controls.filter(({ notIn }) => notIn.length > 0).map(({ id }) => id);
  const unknown = controls.reduce((sum, each) => sum + each.unknown, 0);
  return [
    ...(unknown > 0 ? [`${plural(unknown, 'verdict is', 'verdicts are')} unknown`] : []),
    ...(off.length > 0 ? [`not evaluated: ${off.join(', ')}`] : []),
    ...(missing.length > 0 ? [`no control yet for ${missing.join(', ')}`] : []),
  ].join('; ');
};

/** The items of the checklist that a report was made of. */
export const itemsOf = (report: Report, earlier?: Report): readonly ItemOutcome[] => {
  const [checklist] = report.frameworks;
  const then = new Map(earlier?.frameworks[0]?.requirements.map((each) => [each.id, each]));
  const open = [...report.failures, ...report.exceptions, ...report.unknown];
  return (checklist?.requirements ?? []).map((item) => {
    const controls = item.controls.map(({ id }) => id);
    const outcome = outcomeOf(item);
    const was = then.get(item.id);
    return {
      id: item.id,
      section: checklist?.sections[item.section] ?? item.section,
      title: item.title ?? item.id,
      outcome,
      ...(was ? { before: outcomeOf(was) } : {}),
      why: whyOf(item, outcome),
      controls,
      resources: open.filter(({ control }) => controls.includes(control)),
    };
  });
};

export const countsOf = (items: readonly ItemOutcome[]): string =>
  outcomes
    .map((outcome) => [outcome, items.filter((item) => item.outcome === outcome).length] as const)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
