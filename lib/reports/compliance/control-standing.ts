import { type RecordedCounts, sumOf } from './counts.ts';
import type { Recorded } from './record.ts';

/**
 * `NONE`: there was nothing to evaluate. `NOT_ASSESSED`: no scan evaluated it, or one that left resources out found none.
 */
export type ControlStatus = 'FAIL' | 'UNKNOWN' | 'EXEMPTED' | 'PASS' | 'NONE' | 'NOT_ASSESSED';

export interface ControlStanding extends RecordedCounts {
  readonly id: string;
  readonly status: ControlStatus;
  /** Accounts that did not evaluate it, or not everywhere. */
  readonly notIn: readonly string[];
}

/** A FAIL outweighs what is unknown, and that what passes: one bad resource of a thousand fails the control. */
const statusOf = ({ passed, failed, exempted, unknown }: RecordedCounts): ControlStatus => {
  if (failed > 0) return 'FAIL';
  if (unknown > 0) return 'UNKNOWN';
  if (exempted > 0) return 'EXEMPTED';
  return passed > 0 ? 'PASS' : 'NONE';
};

/** Also what does not apply was there. */
const isEmpty = ({ passed, failed, exempted, notApplicable, unknown }: RecordedCounts): boolean =>
  passed + failed + exempted + notApplicable + unknown === 0;

/** Accounts in which it was to be looked for it and was not, as a scan says. */
const darkIn = (
  { account, notLookedAt = [] }: Recorded,
  id: string,
  isGlobal: boolean,
): readonly string[] =>
  notLookedAt
    .filter(
      (one) =>
        one.isOff !== true &&
        (one.controls?.includes(id) ?? (one.account !== undefined || !isGlobal)),
    )
    .map((one) => one.account ?? account);

/** How a control stands in all accounts. */
export const controlStanding = (id: string, scans: readonly Recorded[]): ControlStanding => {
  const own = (scan: Recorded) =>
    Object.hasOwn(scan.controls, id) ? scan.controls[id] : undefined;
  const found = scans.flatMap((scan) => {
    const counted = own(scan);
    return counted && !(scan.isNarrowed && isEmpty(counted)) ? [counted] : [];
  });
  const notIn = [
    ...new Set(
      scans.flatMap((scan) => {
        const counted = own(scan);
        return counted ? darkIn(scan, id, counted.isGlobal === true) : [scan.account];
      }),
    ),
  ];
  const sum = sumOf(found);
  return { id, ...sum, notIn, status: found.length === 0 ? 'NOT_ASSESSED' : statusOf(sum) };
};
