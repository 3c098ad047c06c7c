import type { PostureListing } from '../aws/stores/posture-listing.ts';
import { keyOf } from '../engine/changes/change.ts';
import type { Action } from '../engine/remediation/action.ts';

/** Seconds that something took; absent where that is not known. */
export interface Times {
  /** From the latest event that can have been the drift to its first read as failing. */
  readonly toDetectSeconds?: number;
  /** From that read to the verdict that it passes. */
  readonly toRepairSeconds?: number;
}
type Listing = Pick<PostureListing, 'transition'>;

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

const detected = async (
  action: Action,
  driftedAt: string,
  listing: Listing,
): Promise<number | undefined> => {
  for (const control of action.controls) {
    const turn = await listing.transition(keyOf(action), driftedAt, control);
    const events = turn?.causes.map(({ time }) => time).filter((time) => time <= driftedAt) ?? [];
    const latest = events.sort().at(-1);
    if (latest !== undefined) return secondsBetween(latest, driftedAt);
  }
  return undefined;
};

/** How long it took to see a drift and to put it right, as far as table and ledger know. */
export const timesOf = async (
  action: Action,
  { listing }: { readonly listing: Listing },
): Promise<Times> => {
  const { driftedAt, concludedAt, state, undoes } = action;
  if (driftedAt === undefined || undoes !== undefined) return {};
  const toDetectSeconds = await detected(action, driftedAt, listing);
  const isRepaired = state === 'VERIFIED' && concludedAt !== undefined;
  return {
    ...(toDetectSeconds === undefined ? {} : { toDetectSeconds }),
    ...(isRepaired ? { toRepairSeconds: secondsBetween(driftedAt, concludedAt) } : {}),
  };
};
