import type { Change } from '../../engine/changes/change.ts';
import { onceEach } from '../../support/once.ts';
import type { Runtime } from '../runtime/runtime.ts';

// What is heard of all accounts comes by one queue, in which an account that changes a lot would keep the others waiting.
// Beyond a share of a minute its changes are put on the queue of sweeps, which functions of their own drain.

/** Changes of one account that a process evaluates in a minute while others are heard as well. */
const shareAMinute = 60;
const minuteMs = 60_000;
/** Accounts of which a process counts changes: a minute of more than these is not fair, and no memory is lost. */
const mostAccounts = 5000;

/** For so long what can expose nothing is held back: a storm of a thousand changes is drained by then. */
const laterSeconds = 120;

interface Heard {
  /** When its minute began, in milliseconds. */
  readonly since: number;
  count: number;
}
const heardIn = onceEach((_: Runtime['regions']) => new Map<string, Heard>());

/** What is counted of an account in the minute that runs. */
const ownOf = (heard: ReadonlyMap<string, Heard>, account: string, now: number) => {
  const own = heard.get(account);
  return own && own.since + minuteMs > now ? own : undefined;
};

const isHeardBeside = (heard: ReadonlyMap<string, Heard>, account: string, now: number): boolean =>
  [...heard].some(([other, { since }]) => other !== account && since + minuteMs > now);

/** Whether changes that were heard are more than the share of their account: what is heard of one account alone never is. */
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

/** Whether a change can open something to outsiders, or shut it: a control that says so needs what it touches. */
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
 * Hands on what is more than the share of an account: what can expose something is evaluated first, the rest once that was
 * drained. What is known of a resource does not count: what opens it was closed before.
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

/** Counts changes against the share of their account, once their record is proven: nobody else may use it up. */
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
