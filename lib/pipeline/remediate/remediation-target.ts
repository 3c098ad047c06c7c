import type { Entry } from '../../aws/stores/ledger.ts';
import type { EventCause } from '../../engine/changes/change.ts';
import type { Action, Block, Wait } from '../../engine/remediation/action.ts';
import type { Tagged } from '../../engine/remediation/controller-tags.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import type { Planned } from '../../engine/remediation/planning.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import type { SessionGrant } from '../../engine/remediation/session-policy.ts';
import type { Call } from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import type { Through } from '../hosts/rollout/admission.ts';
import type { Fixing } from '../hosts/rollout/admit.ts';
import type { RemediationRuntime, Runtime } from '../runtime/runtime.ts';

/** What is known of who owns a resource that drifted. */
export interface Drifted extends Tagged {
  readonly ref: Ref;
  /** Those who can have brought the drift about. */
  readonly causes: readonly EventCause[];
}

/** What an action changes: a resource of AWS by calls that answer at once, or a host by commands that answer later. */
export interface RemediationTarget {
  /** Facets that a plan is made from and that are kept with it, beside the before-image. */
  readonly basis: readonly string[];
  /** Whether the ledger keeps the before-image; a host keeps its own. */
  readonly keepsImage: boolean;
  /** Whether its commands answer later: then an action waits for them, and is overdue in time. */
  readonly answersLater: boolean;
  /** The command that shows the plan for a control. */
  commandFor(ref: Ref, control: string): string;
  /** A plan as it is kept once its first call was made. */
  asSent(planned: Planned, action: Action): Planned;
  /** Why the drift is its owner's to put right; `undefined` where it is not. */
  whyOwned(drifted: Drifted, runtime: RemediationRuntime): Promise<string | undefined>;
  /** Why it cannot be changed now, though it can be later. */
  whyAway(ref: Ref, runtime: RemediationRuntime): Promise<string | undefined>;
  /** Takes what only so many actions have at a time; answers why an action has none, or has to wait for it. */
  reserve(
    ask: FixRequest & Delivered,
    fixing: Fixing,
    runtime: RemediationRuntime,
  ): Promise<Through | Block | Wait | undefined>;
  /** Has the action asked for again later. */
  waitFor(
    ask: FixRequest & Delivered,
    action: Action,
    wait: Wait,
    runtime: RemediationRuntime,
  ): Promise<void>;
  /** Makes these calls for an action of the ledger, and has its outcome verified. */
  act(
    entry: Entry,
    calls: readonly Call[],
    grants: readonly SessionGrant[],
    runtime: RemediationRuntime,
  ): Promise<void>;
  /** Claims the resource for taking an action back; false where another action changes it. */
  claim(action: Action, ask: Delivered, runtime: RemediationRuntime): Promise<boolean>;
  /** Makes the calls of an undo and notes it on the action that it takes back. */
  takeBack(undo: Entry, original: Entry, runtime: RemediationRuntime): Promise<void>;
  /** Finishes what an earlier delivery began; absent where the calls that are left are made. */
  finish?(entry: Entry, runtime: RemediationRuntime): Promise<void>;
  /** Has the row of the resource evaluated again, so that it knows of an outcome. */
  review(action: Pick<Action, 'type' | 'ref'>, runtime: Pick<Runtime, 'queues'>): Promise<void>;
}
