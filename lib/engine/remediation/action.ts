import { createHash } from 'node:crypto';
import type { Call, Plan } from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import type { SessionGrant } from './session-policy.ts';

/**
 * - `BLOCKED`: a guard stood against it; nothing was called
 * - `ACTING`: written ahead; calls may have been made
 * - `VERIFYING`: every call was made, or one failed; the verdict is awaited
 * - the rest are outcomes, said only by the verdict after settle
 */
export type ActionState = 'BLOCKED' | 'ACTING' | 'VERIFYING' | Outcome;
/**
 * - `VERIFIED`: every call was made, and it passes (an undo: what was there is there again)
 * - `PARTIAL`: a call failed
 * - `INEFFECTIVE`: every call was made, and it still fails
 * - `SUPERSEDED`: somebody changed the resource meanwhile, or it is gone
 * - `UNVERIFIED`: every call was made, and for a day nobody could read whether it passes
 */
export type Outcome = 'VERIFIED' | 'PARTIAL' | 'INEFFECTIVE' | 'SUPERSEDED' | 'UNVERIFIED';

/** Who asked for an action. */
export type AskedBy =
  | { readonly kind: 'drift' }
  | { readonly kind: 'backlog' }
  /**
   * `who` is the ARN of the operator that AWS says sent the request; Security Hub's custom actions name nobody. What a session
   * is called, its caller chose.
   */
  | { readonly kind: 'person'; readonly who?: string; readonly session?: string };

/** What became of one call. */
export interface CallOutcome {
  readonly service: string;
  readonly operation: string;
  readonly at: string;
  /**
   * - `tolerated`: AWS answered that it is so already
   * - `lost`: the delivery ended before it kept the answer, and the next one found nothing of the call left to do
   */
  readonly result: 'done' | 'tolerated' | 'lost' | 'failed';
  readonly error?: string;
  /** Of SendCommand: the command's id, by which its answer comes. */
  readonly command?: string;
}

/** What stood against an action: a guard's name, and why. */
export interface Block {
  readonly guard: string;
  readonly why: string;
}

/** Why an action waits, and after how many seconds its guards are asked again. */
export interface Wait extends Block {
  readonly seconds: number;
  /** It only waits for its turn, which comes: nobody is notified after a day. */
  readonly isPaced?: true;
  /** Nobody knows when it may go on: the next sweep asks again, no timer does. */
  readonly bySweep?: true;
}

/** What a plan was made from, beside the before-image. */
export interface Basis {
  /** When the resource was read. */
  readonly at: string;
  /** By control, as the baseline had them. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Facets that are no part of what is put back. */
  readonly facets?: Readonly<Record<string, unknown>>;
}

/** One plan carried out, or why not. */
export interface Action {
  readonly id: string;
  /** The action that this one takes back. */
  readonly undoes?: string;
  /** The latest action that takes this one back. */
  readonly undoneBy?: string;
  readonly type: string;
  readonly ref: Ref;
  readonly arn: string;
  readonly controls: readonly string[];
  readonly askedBy: AskedBy;
  readonly state: ActionState;
  /** The guard that blocked it, and why; of a PARTIAL one, what failed. */
  readonly guard?: string;
  readonly why?: string;
  /** Who else changed the resource while it was carried out: it is not taken back, for that would overwrite theirs. */
  readonly meanwhile?: string;
  /** What guards took out of it, by control: the others share the plan. */
  readonly leftOut?: Readonly<Record<string, Block>>;
  /** It is tried on this host before it is done on the others. */
  readonly canary?: true;
  /** The host said that it has changed nothing: by name why it refuses, or that there was nothing to do. */
  readonly unchanged?: true;
  /** ARNs of those who can have brought the drift about. */
  readonly driftedBy: readonly string[];
  /** Ids of their events. */
  readonly driftEvents?: readonly string[];
  /** When the control was first read as failing. */
  readonly driftedAt?: string;
  readonly startedAt: string;
  /** When the last call was answered. */
  readonly actedAt?: string;
  /** When a first read showed it fixed, which has yet to be confirmed by the read after settle. */
  readonly fixedAtFirst?: string;
  readonly concludedAt?: string;
  readonly plan?: Plan;
  readonly grants?: readonly SessionGrant[];
  /** What the plan was made from, beside the before-image: it is made again before anything is called. */
  readonly basis?: Basis;
  /** Facets as they were read under the lock, before the first call. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Of an undo: the facets that it brings back. */
  readonly wanted?: Readonly<Record<string, unknown>>;
  readonly calls: readonly CallOutcome[];
  /** The switch stopped it before its next call: what is left is asked for anew once it is on. */
  readonly stopped?: true;
  /** The same facets when the outcome was said. */
  readonly after?: Readonly<Record<string, unknown>>;
}

/** What makes an action the same action, however often it is asked for. */
export interface ActionKey {
  readonly type: string;
  readonly ref: Ref;
  readonly controls: readonly string[];
  readonly episodes: readonly number[];
  /** 0 for the first of an episode; what a person asks for is told apart by its own word. */
  readonly attempt: number | string;
}

/** A hash of the key, fit to be an STS source identity: 2–64 of `[A-Za-z0-9_+=,.@-]`. */
export const actionId = ({ type, ref, controls, episodes, attempt }: ActionKey): string => {
  const parts = [ref.account, ref.region, type, ref.id, controls, episodes, attempt];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `pl-${hash.slice(0, 20)}`;
};
export const isActionId = (text: string): boolean => /^pl-[0-9a-f]{20}$/.test(text);

const outcomes: readonly ActionState[] = [
  'VERIFIED',
  'PARTIAL',
  'INEFFECTIVE',
  'SUPERSEDED',
  'UNVERIFIED',
];
export const isConcluded = ({ state }: Pick<Action, 'state'>): boolean => outcomes.includes(state);

/** What an action was planned to call; none where it has no such plan. */
export const callsIn = ({ plan }: Pick<Action, 'plan'>): readonly Call[] =>
  plan?.kind === 'calls' ? plan.calls : [];

/** What a plan would call, so that a person can be told when it is no longer what was shown. */
export const planHash = (plan: Plan): string =>
  createHash('sha256')
    .update(JSON.stringify(plan.kind === 'calls' ? plan.calls : plan.why))
    .digest('hex')
    .slice(0, 16);

/** The ledger keeps an action for 400 days. */
const keptMonths = 15;
/** Months that the ledger holds, `2026-11`, the latest first. */
export const monthsUntil = (now: Date): readonly string[] =>
  Array.from({ length: keptMonths }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString().slice(0, 7),
  );
