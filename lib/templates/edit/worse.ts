import type { Verdict } from '../../model/control.ts';

type Status = Verdict['status'];

export const isRight = (status: Status | undefined): boolean =>
  status === 'PASS' || status === 'NOT_APPLICABLE';

/** Why a failure is none any more, and is not right either. */
export const openNow = (verdict: Verdict): string =>
  verdict.status === 'UNKNOWN'
    ? `with the other changes it is UNKNOWN: ${verdict.reason}`
    : `it is ${verdict.status} now`;

/** What is not known may be right, and a failure is not. */
const badness = (status: Status | undefined): number =>
  isRight(status) || status === undefined ? 0 : status === 'UNKNOWN' ? 1 : 2;

/** A verdict of those that are there after a change that is worse than it was before. */
export const worseIn = <T extends { readonly verdict: Verdict }>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): T | undefined => {
  const were = new Map(before.map((one) => [keyOf(one), one.verdict.status]));
  return after.find((one) => badness(one.verdict.status) > badness(were.get(keyOf(one))));
};
