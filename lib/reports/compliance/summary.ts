import { plural } from '../../support/plural.ts';
import {
  type RequirementStanding,
  type RequirementStatus,
  requirementStatuses,
} from './standing.ts';

/** What stands of a framework in numbers; a share is told with what it is a share of. */
export interface Summary {
  readonly requirements: number;
  readonly by: Readonly<Record<RequirementStatus, number>>;
  /** Requirements that have an answer, and of these those that have one in part. */
  readonly assessed: number;
  readonly inPart: number;
  /** Met, attested, or without a resource; of those that are assessed. */
  readonly met: number;
  /** Verdicts on resources, each control once. */
  readonly verdicts: { readonly passed: number; readonly of: number };
  /** Failures that somebody answers for until a date. */
  readonly exceptions: number;
}

const isAnswered = (status: RequirementStatus): boolean =>
  !['MANUAL', 'NOT_ASSESSED', 'NOT_YET'].includes(status);
const isMet = (status: RequirementStatus): boolean =>
  ['MET', 'NO_RESOURCES', 'ATTESTED'].includes(status);

export const summaryOf = (standings: readonly RequirementStanding[]): Summary => {
  const number = (holds: (standing: RequirementStanding) => boolean) =>
    standings.filter(holds).length;
  const by = Object.fromEntries(
    requirementStatuses.map((status) => [status, number((each) => each.status === status)]),
  );
  const controls = new Map(
    standings.flatMap((each) => each.controls).map((control) => [control.id, control]),
  );
  const sum = (key: 'passed' | 'failed' | 'exempted' | 'unknown') =>
    [...controls.values()].reduce((all, control) => all + control[key], 0);
  const passed = sum('passed');
  return {
    requirements: standings.length,
    by: { ...noneBy, ...by },
    assessed: number(({ status }) => isAnswered(status)),
    inPart: number(({ status, isPart }) => isAnswered(status) && isPart),
    met: number(({ status }) => isMet(status)),
    verdicts: { passed, of: passed + sum('failed') + sum('exempted') + sum('unknown') },
    exceptions: sum('exempted'),
  };
};
const noneBy: Readonly<Record<RequirementStatus, number>> = {
  FAILED: 0,
  UNKNOWN: 0,
  EXEMPTED: 0,
  MET: 0,
  NO_RESOURCES: 0,
  ATTESTED: 0,
  MANUAL: 0,
  NOT_ASSESSED: 0,
  NOT_YET: 0,
};

/** `66 %`, never more than it is: 199 of 200 are not all. */
export const shareOf = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`;

/** The three numbers, which are only told together. */
export const threeNumbers = (
  summary: Summary,
): readonly (readonly [name: string, share: string, of: string])[] => {
  const { requirements, assessed, inPart, met, exceptions, verdicts, by } = summary;
  const unknown = by.UNKNOWN > 0 ? `, ${by.UNKNOWN} unknown` : '';
  const part = inPart > 0 ? `, ${inPart} of them in part` : '';
  return [
    [
      'Coverage',
      shareOf(assessed, requirements),
      `${assessed} of ${plural(requirements, 'requirement')} assessed${part}`,
    ],
    ['Score', shareOf(met, assessed), `${met} of ${assessed} assessed are met${unknown}`],
    [
      'Exceptions',
      String(exceptions),
      `of ${plural(verdicts.of, 'verdict')}, ${verdicts.passed} passed`,
    ],
  ];
};
