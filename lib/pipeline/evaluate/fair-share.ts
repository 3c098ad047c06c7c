import type { Change } from '../../engine/changes/change.ts';
import type { Runtime } from '../runtime/runtime.ts';

// What is heard of all accounts comes by one queue, in which an account that changes a lot would keep the others waiting.
// Beyond a share of a minute its changes are put on the queue of sweeps, which functions of their own drain.

/** Changes of one account that a process evaluates in a minute while others are heard as well. */
const shareAMinute = 60;
const minuteMs = 60_000;
/** Accounts of which a process counts changes: a minute of more than these is not fair, and no memory is lost. */
const mostAccounts = 5000;

interface Heard {
  /** When its minute began, in milliseconds. */
  readonly since: number;
  count: number;
}
const heardBy = new WeakMap<Runtime['regions'], Map<string, Heard>>();

const countOf = (heard: Map<string, Heard>, account: string, now: number): Heard => {
  const before = heard.get(account);
  if (before && before.since + minuteMs > now) return before;
  const begun = { since: now, count: 0 };
  heard.delete(account);
  if (heard.size >= mostAccounts) heard.clear();
  heard.set(account, begun);
  return begun;
};

const isHeardBeside = (heard: ReadonlyMap<string, Heard>, account: string, now: number): boolean =>
  [...heard].some(([other, { since }]) => other !== account && since + minuteMs > now);

/**
 * Whether changes that were heard are more than the share of their account: what is heard of one account alone never
 * is. Counts them.
 */
export const isBeyondShare = (
  changes: readonly Change[],
  { place, clock, regions }: Pick<Runtime, 'place' | 'clock' | 'regions'>,
): boolean => {
  const [first] = changes;
  if (!first || (place.members ?? []).length === 0) return false;
  const heard = heardBy.get(regions) ?? new Map<string, Heard>();
  heardBy.set(regions, heard);
  const { account } = first.ref;
  const now = clock().getTime();
  const own = countOf(heard, account, now);
  own.count += changes.length;
  return own.count > shareAMinute && isHeardBeside(heard, account, now);
};
