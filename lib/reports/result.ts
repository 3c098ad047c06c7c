import type { Exemption } from '../engine/baseline/exemption.ts';
import type { Priority } from '../engine/findings/priority.ts';
import type { TagValues } from '../engine/posture/report-tags.ts';
import type { Control, Severity, Verdict } from '../model/control.ts';
import { compareNaturally, compareText } from '../support/compare.ts';

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
  /** Those that the baseline has kept for reports. */
  readonly reportTags?: TagValues;
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
const levels: readonly string[] = ['critical', 'high', 'standard'];
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

/** As much of a failure as says when it is looked at. */
export interface Urgent {
  readonly level: string;
  readonly isReached?: true | undefined;
  readonly severity: Severity;
}
/** Who can reach it, and of these whom the internet does; then how bad it is. What is less is looked at first. */
const urgencyOf = ({ level, isReached, severity }: Urgent): number =>
  (levels.indexOf(level) * 2 + (isReached ? 0 : 1)) * severities.length +
  severities.indexOf(severity);
const leastUrgent = levels.length * 2 * severities.length;
/** The one order of what fails, of whichever form it is. */
export const byUrgency = (a: Urgent, b: Urgent): number => urgencyOf(a) - urgencyOf(b);

/** A priority as records and files have it. */
export const plainPriority = ({ level, isReached, why }: Priority) => ({
  priority: level,
  ...(isReached ? { isReached } : {}),
  priorityWhy: why,
});
const statuses = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];

/** What ranks first is to be looked at first. One number, for lists of tens of thousands are sorted by it. */
export const rankOf = ({ verdict, exemption, priority, control }: Ranked): number =>
  (statuses.indexOf(verdict.status) * 2 + (exemption ? 1 : 0)) * leastUrgent +
  urgencyOf({
    level: priority.level,
    isReached: priority.isReached,
    severity: control.severity,
  });

export const byPriority = (a: Ranked, b: Ranked): number =>
  rankOf(a) - rankOf(b) || ofOneRank(a, b);
/** The order of what has the same rank. */
export const ofOneRank = (a: Ranked, b: Ranked): number =>
  compareNaturally(a.control.id, b.control.id) ||
  compareNaturally(a.arn, b.arn) ||
  // What has the same ARN is told apart too, so that the order is always the same.
  compareText(a.arn, b.arn) ||
  compareText(a.region, b.region) ||
  compareText(a.resourceType, b.resourceType) ||
  compareText(a.id, b.id);
