import type { Evaluation } from '../../pipeline/scan/scan-resource.ts';
import { countedAs, type Result } from '../../reports/result.ts';
import { plural } from '../../support/plural.ts';
import type { ExitCode } from '../command.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly exempted: number;
  readonly notApplicable: number;
  readonly unknown: number;
}

export const resultOf = ({ type, ref, ...rest }: Evaluation): Result => ({
  ...rest,
  resourceType: type.type,
  region: ref.region,
  id: ref.id,
});

export const countOf = ({ verdict, exemption }: Evaluation): keyof Counts =>
  countedAs(verdict.status, exemption !== undefined);

/** What could not be evaluated outweighs findings: an incomplete scan is never taken for a whole one. */
export const exitCodeOf = ({ failed, unknown }: Pick<Counts, 'failed' | 'unknown'>): ExitCode => {
  if (unknown > 0) return 2;
  return failed > 0 ? 1 : 0;
};

/** How many verdicts are missing, and the reasons, the commonest first; `undefined` where none is. */
export const missingText = (results: readonly Result[]): string | undefined => {
  const reasons = new Map<string, number>();
  for (const { verdict } of results)
    if (verdict.status === 'UNKNOWN')
      reasons.set(verdict.reason, (reasons.get(verdict.reason) ?? 0) + 1);
  const sorted = [...reasons].sort(([a, often], [b, times]) => times - often || (a < b ? -1 : 1));
  const count = sorted.reduce((sum, [, times]) => sum + times, 0);
  const [first] = sorted;
  if (!first) return undefined;
  const more = sorted.length > 1 ? `, and for ${plural(sorted.length - 1, 'other reason')}` : '';
  const missing = plural(count, 'verdict is missing', 'verdicts are missing');
  return `${missing}: ${first[0]}${more}. This scan is not complete.`;
};
