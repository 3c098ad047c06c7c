import type { Verdict } from '../../model/control.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { plural } from '../../support/plural.ts';
import type { Action, CallOutcome, Outcome } from './action.ts';

/** What was read once everything had settled. */
export interface Settled {
  /** The verdicts of the action's controls. */
  readonly verdicts: readonly Verdict['status'][];
  /** Who else has changed the resource since it was written ahead, and by which call. */
  readonly otherActors: readonly string[];
  readonly isGone: boolean;
  /** Of an undo: whether what was there is there again; absent where that cannot be read. */
  readonly isRestored?: boolean;
  /** It has been waited for long enough. */
  readonly isOverdue?: boolean;
}
export interface Conclusion {
  readonly outcome: Outcome;
  readonly why?: string;
}

const failedCall = ({ calls }: Action): CallOutcome | undefined =>
  calls.find(({ result }) => result === 'failed');

const isAchieved = ({ undoes }: Action, { verdicts, isRestored }: Settled): boolean =>
  undoes === undefined ? verdicts.every((status) => status === 'PASS') : isRestored === true;

/** Hours after which an outcome that nobody could read is said to be unknown. */
export const mostAwaitedHours = 24;

const isUnread = ({ undoes }: Action, { verdicts, isRestored }: Settled): boolean =>
  undoes === undefined ? verdicts.includes('UNKNOWN') : isRestored === undefined;

const unverified = ({ undoes }: Action): Conclusion => {
  const what = undoes === undefined ? 'it passes' : 'what was there is there again';
  const why = `every call was made, but for ${mostAwaitedHours} hours it could not be read whether ${what}`;
  return { outcome: 'UNVERIFIED', why };
};

/**
 * The outcome of an action by what was read after settle; `undefined` while that is not known, for a day at most.
 * NOT_APPLICABLE is no proof that a fix worked: the resource became another one meanwhile.
 */
export const conclusionOf = (action: Action, settled: Settled): Conclusion | undefined => {
  const { verdicts, otherActors, isGone } = settled;
  const failed = failedCall(action);
  if (failed) {
    const done = action.calls.filter(({ result }) => result !== 'failed').length;
    const why = `${failed.service}:${failed.operation} failed after ${plural(done, 'call')}: ${failed.error}`;
    return { outcome: 'PARTIAL', why };
  }
  if (isGone) return { outcome: 'SUPERSEDED', why: 'the resource is gone' };
  if (isUnread(action, settled)) return settled.isOverdue ? unverified(action) : undefined;
  if (isAchieved(action, settled)) return { outcome: 'VERIFIED' };
  if (otherActors.length > 0) {
    return { outcome: 'SUPERSEDED', why: `changed meanwhile by ${otherActors.join(', ')}` };
  }
  if (verdicts.includes('NOT_APPLICABLE')) {
    return { outcome: 'SUPERSEDED', why: 'the control no longer applies to the resource' };
  }
  const is = action.undoes === undefined ? 'it still fails' : 'what was there is not there again';
  return { outcome: 'INEFFECTIVE', why: `every call was made, and ${is}` };
};

type Facets = Readonly<Record<string, unknown>>;
/** What tells a facet's own value from ids and times that move by themselves. */
export interface Steadying {
  readonly facets: Readonly<Record<string, { comparable?(value: unknown): unknown }>>;
}

/** Facets as JSON keeps them: one that is absent is `null`, or it would not be there at all. */
export const imageOf = (facets: Facets): Facets =>
  Object.fromEntries(Object.entries(facets).map(([name, value]) => [name, value ?? null]));

/** A facet without what moves by itself. */
export const steadied = (type: Steadying, name: string, value: unknown): unknown => {
  const facet = type.facets[name];
  // What is comparable of another resource is nothing, and nothing is no reason to look at all of it.
  return (facet?.comparable ? facet.comparable(value ?? undefined) : value) ?? null;
};

/** The facets that differ between two times, apart from ids and times that AWS assigns. */
export const differences = (type: Steadying, before: Facets, now: Facets): readonly string[] =>
  Object.keys(before).filter(
    (name) =>
      canonicalJson(steadied(type, name, before[name])) !==
      canonicalJson(steadied(type, name, now[name])),
  );
