import { createHash } from 'node:crypto';
import type { RemediationLimits } from '../baseline/baseline.ts';

/** An action that took one of the slots of a control in an account. */
export interface Taker {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Who brought the drift about, each as a short hash. */
  readonly actors: readonly string[];
  /** It took one of those that are kept for what is CRITICAL, or exposed. */
  readonly isReserve?: true;
}
/** What asks for a slot. */
export interface Reservation {
  readonly control: string;
  /** That of the resource, which has slots of its own. */
  readonly account: string;
  readonly type: string;
  readonly action: string;
  /** ARNs of those who can have brought the drift about, or of the person who asks. */
  readonly actors: readonly string[];
  /** CRITICAL, or exposed to outsiders. */
  readonly isUrgent: boolean;
}
/** Why there is no slot. */
export interface Refusal {
  /** The number that was reached, in an hour. */
  readonly limit: number;
  /** Whose budget that was; of nobody in particular where the control as a whole has reached it. */
  readonly actors?: readonly string[];
  /** When the next slot is free. */
  readonly until: Date;
}
/** Most actions of a control in an account in an hour: of all together, and of one who brings drift about. */
export interface Limits {
  readonly all: number;
  readonly actor: number;
  /** As many more for what is urgent, of one; of all together as many as `all`. */
  readonly reserve: number;
}

const hourMs = 3_600_000;
/** Where nobody is known. */
const nobody = 'somebody unknown';

/** The user or role of an ARN: sessions of one role are one. */
export const principalOf = (arn: string): string => {
  const [, partition, account, role] =
    /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)/.exec(arn) ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
};
const hashOf = (principal: string): string =>
  createHash('sha256').update(principal).digest('hex').slice(0, 12);

/** The limits in force, for so many resources of a type. */
export const limitsFor = (
  { perHour, share, atLeast, reserve }: RemediationLimits['breaker'],
  population: number,
): Limits => ({
  all: perHour,
  actor: Math.min(perHour, Math.max(atLeast, Math.floor(population * share))),
  reserve,
});

/** Those who took a slot in the hour before. */
export const takersWithin = (takers: readonly Taker[], now: Date): readonly Taker[] =>
  takers.filter(({ at }) => at > now.getTime() - hourMs);

/** When one of these gives its slot back. */
const freeAt = (takers: readonly Taker[], now: Date): Date => {
  const first = Math.min(...takers.map(({ at }) => at));
  return new Date(Number.isFinite(first) ? first + hourMs : now.getTime() + hourMs);
};

/** The slot that an action gets among those taken in the last hour, or why it gets none. */
export const slotFor = (
  takers: readonly Taker[],
  { action, actors, isUrgent }: Reservation,
  limits: Limits,
  now: Date,
): Taker | Refusal => {
  const known = takers.find(({ id }) => id === action);
  // A delivery that crashed right after it had taken one comes back for it.
  if (known) return known;
  const principals = [...new Set(actors.length > 0 ? actors.map(principalOf) : [nobody])];
  const hashes = principals.map(hashOf);
  const own = { id: action, at: now.getTime(), actors: hashes };
  const regular = takers.filter(({ isReserve }) => !isReserve);
  const kept = takers.filter(({ isReserve }) => isReserve);
  const takenBy = (some: readonly Taker[], hash: string) =>
    some.filter((one) => one.actors.includes(hash));
  // Whoever else can have done it answers with a budget of his own.
  const hasLeft = (some: readonly Taker[], most: number) =>
    hashes.some((hash) => takenBy(some, hash).length < most);
  if (regular.length < limits.all && hasLeft(regular, limits.actor)) return own;
  if (isUrgent && kept.length < limits.all && hasLeft(kept, limits.reserve))
    return { ...own, isReserve: true };
  if (regular.length >= limits.all) return { limit: limits.all, until: freeAt(regular, now) };
  const theirs = hashes.flatMap((hash) => takenBy(regular, hash));
  return { limit: limits.actor, actors: principals, until: freeAt(theirs, now) };
};
