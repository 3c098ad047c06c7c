import type { Exemption } from '../engine/baseline/exemption.ts';
import type { Priority } from '../engine/findings/priority.ts';
import type { Control, Severity, Verdict } from '../model/control.ts';
import { compareText } from '../support/compare-text.ts';

/** A verdict that is worth a line: a FAIL, what could not be evaluated, or what somebody asked to see. */
export interface Result {
  readonly control: Control;
  readonly resourceType: string;
  readonly region: string;
  readonly id: string;
  readonly arn: string;
  readonly verdict: Verdict;
  readonly priority: Priority;
  readonly exemption?: Exemption;
  /** What was evaluated, by facet, where it was kept. */
  readonly seen?: Readonly<Record<string, unknown>>;
}

/** As what a result is counted. */
export const countedAs = (status: Verdict['status'], isExempted: boolean) => {
  if (status === 'PASS') return 'passed';
  if (status === 'NOT_APPLICABLE') return 'notApplicable';
  if (status === 'UNKNOWN') return 'unknown';
  return isExempted ? 'exempted' : 'failed';
};

/** As much of a result as its rank depends on. */
export type Ranked = Omit<Result, 'control' | 'seen'> & {
  readonly control: { readonly id: string; readonly severity: Severity };
};

/** Of priority, the most urgent first. */
export const levels = ['critical', 'high', 'standard'];
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
const statuses = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];

/** What ranks first is to be looked at first. */
const rankOf = ({ verdict, exemption, priority, control }: Ranked): readonly number[] => [
  statuses.indexOf(verdict.status),
  exemption ? 1 : 0,
  levels.indexOf(priority.level),
  priority.isReached ? 0 : 1,
  severities.indexOf(control.severity),
];

/** What tells apart what has the same ARN, so that the order is always the same. */
const placeIn = ({ arn, region, resourceType, id }: Ranked): string =>
  JSON.stringify([arn, region, resourceType, id]);

const collator = new Intl.Collator('en', { numeric: true });
export const byPriority = (a: Ranked, b: Ranked): number => {
  const rank = rankOf(b);
  for (const [index, value] of rankOf(a).entries())
    if (value !== rank[index]) return value - (rank[index] ?? 0);
  return (
    collator.compare(a.control.id, b.control.id) ||
    (a.arn === b.arn ? 0 : collator.compare(a.arn, b.arn)) ||
    compareText(placeIn(a), placeIn(b))
  );
};
