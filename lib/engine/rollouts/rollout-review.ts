import { type Action, isConcluded } from '../remediation/action.ts';
import {
  dayMs,
  type Entrant,
  type Rollout,
  type Seen,
  type Sight,
  type Stop,
  type Terms,
} from './rollout.ts';
import { soakedAt, unseenIn } from './rollout-soak.ts';

const passedMs = (since: string, now: Date): number => now.getTime() - Date.parse(since);

/** Controls that passed on the host when the action began, and fail since. */
const turnedOn = ({ row }: Seen, { startedAt }: Action): readonly string[] =>
  Object.entries(row?.controls ?? {}).flatMap(([id, { lastKnown, began, since }]) =>
    lastKnown === 'FAIL' && began === 'turned' && since > startedAt ? [id] : [],
  );

/** Nothing was changed, or too long ago; what never began would have been given up by now. */
const isVoid = (entrant: Entrant, { action }: Seen, now: Date): boolean => {
  if (!action) return passedMs(entrant.at, now) > dayMs;
  if (action.state === 'BLOCKED' || action.unchanged === true) return true;
  return action.state === 'VERIFIED' && passedMs(action.concludedAt ?? entrant.at, now) > dayMs;
};

/** Somebody broke again what was put right: that says nothing against the fix, and nothing for it. */
const isBroken = (seen: Seen): boolean => {
  const { action } = seen;
  if (action?.state !== 'VERIFIED') return false;
  return turnedOn(seen, action).some((id) => action.controls.includes(id));
};

/** Why an action is no proof that the fix does good; undefined where it is one, or may still become one. */
const whyFailed = ({ action }: Seen): string | undefined => {
  if (!action || action.unchanged) return undefined;
  if (action.undoneBy !== undefined) return `a person took it back (${action.undoneBy})`;
  const failed = action.calls.find(({ result }) => result === 'failed');
  if (failed) return failed.error ?? 'a command failed';
  if (!isConcluded(action) || action.state === 'VERIFIED') return undefined;
  return `it ended as ${action.state}: ${action.why ?? 'nobody knows why'}`;
};

const whyRegressed = (seen: Seen): string | undefined => {
  const { action } = seen;
  const turned = action && turnedOn(seen, action).find((id) => !action.controls.includes(id));
  return turned === undefined ? undefined : `${turned} passed before it and fails since`;
};

const stopAt = ({ action, host }: Entrant, why: string, now: Date): Stop => ({
  at: now.toISOString(),
  action,
  host,
  why,
});

/** A proof may be given again by others; who waits was not tried yet. */
const afresh = ({ control, document, system, rest }: Rollout, slots: number): Rollout => ({
  control,
  document,
  system,
  slots,
  canaries: [],
  rest,
  failed: 0,
});

/** Of the rest those that failed; a host that is gone meanwhile says nothing of the fix. */
const failedIn = (rest: readonly Entrant[], seen: Sight): readonly Entrant[] =>
  rest.filter((one) => {
    const found = seen(one);
    return found.action?.state !== 'SUPERSEDED' && whyFailed(found) !== undefined;
  });

/** Canaries stop it at the first that failed, the rest at as many as there were canaries. */
const stopOf = (
  { canaries, rest, failed, openedAt }: Rollout,
  seen: Sight,
  now: Date,
): Stop | undefined => {
  if (openedAt === undefined) {
    for (const one of canaries) {
      const why = whyFailed(seen(one)) ?? whyRegressed(seen(one));
      if (why !== undefined) return stopAt(one, why, now);
    }
  }
  const failing = failedIn(rest, seen).map((one) => stopAt(one, whyFailed(seen(one)) ?? '', now));
  return failed + failing.length >= Math.max(1, canaries.length) ? failing.at(-1) : undefined;
};

/** The rollout with what is known by now: slots that are free again, whether it is open, or why it stopped. */
export const reviewed = (before: Rollout, seen: Sight, terms: Terms): Rollout => {
  const { now } = terms;
  if (before.stopped) return before;
  const isOver = before.openedAt !== undefined && passedMs(before.openedAt, now) > dayMs;
  const current = isOver ? afresh(before, terms.slots) : before;
  const { openedAt, rest } = current;
  const isHeld = (one: Entrant) => !isVoid(one, seen(one), now);
  const tried = openedAt === undefined ? current.canaries.filter(isHeld) : current.canaries;
  const stopped = stopOf({ ...current, canaries: tried }, seen, now);
  if (stopped) return { ...current, canaries: tried, stopped };
  const isProof = (one: Entrant) => openedAt !== undefined || !isBroken(seen(one));
  const canaries = tried.filter(isProof);
  // As many as hosts are known when the first of them goes.
  const slots = canaries.length === 0 ? terms.slots : current.slots;
  const next = { ...current, canaries, slots };
  const failed = failedIn(rest, seen);
  const isPending = (one: Entrant) => {
    const { action } = seen(one);
    return isHeld(one) && !failed.includes(one) && !(action && isConcluded(action));
  };
  const counted = {
    ...next,
    rest: rest.filter(isPending),
    failed: next.failed + failed.length,
  };
  if (openedAt !== undefined) return counted;
  const since = soakedAt(counted, seen, terms);
  const isOpen =
    since !== undefined && since <= now.getTime() && unseenIn(counted, seen, terms).length === 0;
  return isOpen ? { ...counted, openedAt: now.toISOString() } : counted;
};
