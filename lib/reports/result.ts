import type { Exemption } from '../engine/baseline/exemption.ts';
import type { Priority } from '../engine/findings/priority.ts';
import type { Control, Verdict } from '../model/control.ts';

/** A verdict that is worth a line: a FAIL, or what could not be judged. */
export interface Result {
  readonly control: Control;
  readonly resourceType: string;
  readonly region: string;
  readonly id: string;
  readonly arn: string;
  readonly verdict: Extract<Verdict, { readonly status: 'FAIL' | 'UNKNOWN' }>;
  readonly priority: Priority;
  readonly exemption?: Exemption;
}

const levels = ['critical', 'high', 'standard'];
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];

/** What ranks first is to be looked at first. */
const rankOf = ({ verdict, exemption, priority, control }: Result): readonly number[] => [
  verdict.status === 'FAIL' ? 0 : 1,
  exemption ? 1 : 0,
  levels.indexOf(priority.level),
  severities.indexOf(control.severity),
];

const collator = new Intl.Collator('en', { numeric: true });
export const byPriority = (a: Result, b: Result): number => {
  const rank = rankOf(b);
  const difference = rankOf(a)
    .map((value, index) => value - (rank[index] ?? 0))
    .find((value) => value !== 0);
  return (
    difference ?? (collator.compare(a.control.id, b.control.id) || collator.compare(a.arn, b.arn))
  );
};
