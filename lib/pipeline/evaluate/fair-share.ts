import type { Change } from '../../engine/changes/change.ts';
import { onceEach } from '../../support/once.ts';
import type { Runtime } from '../runtime/runtime.ts';

// Changes of all accounts come by one queue, where an account that changes a lot would keep the others waiting. What exceeds
// the share of an account in a minute goes to the queue of sweeps, which has functions of its own.

/** Changes of one account that a process evaluates in a minute while others are heard as well. */
const shareAMinute = 60;
const minuteMs = 60_000;
/** For at most this many accounts a process counts changes, to bound its memory. With more, shares are not kept. */
const mostAccounts = 5000;

/** Delay of changes that can expose nothing: by then a storm of a thousand changes is drained. */
const laterSeconds = 120;

interface Heard {
  /** When its minute began, in milliseconds. */
  readonly since: number;
  count: number;
}
const heardIn = onceEach((_: Runtime['regions']) => new Map<string, Heard>());

/** The count of an account in the current minute; `undefined` before its first change. */
const ownOf = (heard: ReadonlyMap<string, Heard>, account: string, now: number) => {
  const own = heard.get(account);
  return own && own.since + minuteMs > now ? own : undefined;
};

const isHeardBeside = (heard: ReadonlyMap<string, Heard>, account: string, now: number): boolean =>
  [...heard].some(([other, { since }]) => other !== account && since + minuteMs > now);

/** Whether these changes exceed the share of their account. They never do while no other account has changes. */
export const isBeyondShare = (
  changes: readonly Change[],
  { place, clock, regions }: Pick<Runtime, 'place' | 'clock' | 'regions'>,
): boolean => {
  const [first] = changes;
  if (!first || (place.members ?? []).length === 0) return false;
  const heard = heardIn(regions);
  const { account } = first.ref;
  const now = clock().getTime();
  const { count = 0 } = ownOf(heard, account, now) ?? {};
  return count + changes.length > shareAMinute && isHeardBeside(heard, account, now);
};

/** Whether a change can expose something or end that: a control with `exposes` needs one of its facets. */
const canExpose = async (
  { type, facets }: Change,
  { baseline, controlsOf }: Pick<Runtime, 'baseline' | 'controlsOf'>,
) =>
  (await controlsOf(type)).some(
    ({ id, exposes, needs }) =>
      exposes === true &&
      Object.hasOwn(baseline.controls, id) &&
      (facets === 'all' || needs.some((need) => facets.includes(need))),
  );

/**
 * Sends changes beyond the share to the queue of sweeps: at once those that can expose something, the others later. The last
 * verdict does not decide that: what a change exposes passed before.
 */
export const handOnSurplus = async (
  changes: readonly Change[],
  runtime: Pick<Runtime, 'baseline' | 'controlsOf' | 'queues'>,
): Promise<void> => {
  const parted = await Promise.all(
    changes.map(async (change) => ({ change, isFirst: await canExpose(change, runtime) })),
  );
  const those = (wanted: boolean) =>
    parted.flatMap(({ change, isFirst }) => (isFirst === wanted ? change : []));
  await runtime.queues.sweepChanges(those(true));
  await runtime.queues.sweepChanges(those(false), laterSeconds);
};

/** Counts changes against the share of their account. To be called once the record is proven: no forged one may count. */
export const countShare = (
  changes: readonly Change[],
  { clock, regions }: Pick<Runtime, 'clock' | 'regions'>,
): void => {
  const [first] = changes;
  if (!first) return;
  const heard = heardIn(regions);
  const { account } = first.ref;
  const now = clock().getTime();
  const own = ownOf(heard, account, now);
  if (own) {
    own.count += changes.length;
    return;
  }
  heard.delete(account);
  if (heard.size >= mostAccounts) heard.clear();
  heard.set(account, { since: now, count: changes.length });
};
