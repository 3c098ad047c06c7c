import type { RosterStore } from '../../aws/stores/roster.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Place } from '../../engine/changes/place.ts';
import type { MemberKnown } from '../../model/resource-type.ts';

/** What is governed now, and what counts there. */
export interface Governed {
  readonly place: Place;
  readonly baseline: Baseline;
  /** Accounts of the organization that are governed, and those that were until they ended. */
  readonly members: readonly MemberKnown[];
}
/** The accounts of the organization, as they come and go. */
export interface Governing {
  /** As they were listed last; read again after a minute. */
  now(): Promise<Governed>;
  readonly roster: RosterStore;
  /**
   * Lists them anew and keeps that; throws where they may not be listed, and keeps what was.
   * @returns the ids of those that ended since they were listed last
   */
  list(): Promise<readonly string[]>;
  /** Throws where an account is in other units than it was listed in: what may be done there is another then. */
  confirm(account: string): Promise<void>;
}
export const placeOf = (
  { homeRegion, regions, accounts = [], remediatedAccounts = [] }: Baseline,
  account: string,
): Place => ({ account, homeRegion, regions, members: accounts, remediated: remediatedAccounts });
