import type { Judgement } from '../../pipeline/scan/scan-resource.ts';
import type { Result } from '../../reports/result.ts';
import type { ExitCode } from '../command.ts';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly exempted: number;
  readonly notApplicable: number;
  readonly unknown: number;
}

/** A result for what is worth a line; a PASS is only counted, so that a large account fits in memory. */
export const resultOf = ({ type, ref, verdict, ...rest }: Judgement): Result[] =>
  verdict.status === 'FAIL' || verdict.status === 'UNKNOWN'
    ? [{ ...rest, verdict, resourceType: type.type, region: ref.region, id: ref.id }]
    : [];

export const countOf = ({ verdict, exemption }: Judgement): keyof Counts => {
  if (verdict.status === 'PASS') return 'passed';
  if (verdict.status === 'NOT_APPLICABLE') return 'notApplicable';
  if (verdict.status === 'UNKNOWN') return 'unknown';
  return exemption ? 'exempted' : 'failed';
};

/** Findings outweigh what could not be judged; neither is clean. */
export const exitCodeOf = ({ failed, unknown }: Pick<Counts, 'failed' | 'unknown'>): ExitCode => {
  if (failed > 0) return 1;
  return unknown > 0 ? 2 : 0;
};
