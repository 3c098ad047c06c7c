import type { Evidence, Verdict } from '../../model/control.ts';
import type { Denied } from '../../model/denied.ts';
import type { Ref } from '../../model/resource-type.ts';
import type { Reachability } from '../../model/ways-in.ts';
import type { EventCause } from '../changes/change.ts';
import type { ControllerTags } from '../remediation/controller-tags.ts';
import type { ReportTags } from './report-tags.ts';

/** A verdict as the posture table keeps it: dates as ISO texts, evidence bounded. */
export interface StoredVerdict {
  readonly status: Verdict['status'];
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly recheckAt?: string;
}

/** What Security Hub was last told of a control. */
export interface Published {
  readonly hash: string;
  readonly updatedAt: string;
  readonly status: 'FAILED' | 'PASSED' | 'NOT_AVAILABLE' | 'ARCHIVED';
  /** It passed after it had failed, and Security Hub was too busy to say whether a person has suppressed it. */
  readonly unresolved?: true;
}

/** Where one control stands on one resource. */
export interface ControlRow {
  readonly verdict: StoredVerdict;
  /** The last status that was known; UNKNOWN neither ends nor starts an episode. */
  readonly lastKnown?: Exclude<Verdict['status'], 'UNKNOWN'>;
  /** Since when that status holds, as far as was read. */
  readonly since: string;
  readonly firstSeenAt: string;
  readonly readAt: string;
  readonly lastPassAt?: string;
  /** How often it went to FAIL. */
  readonly episodes: number;
  /** When that status was read last; UNKNOWN proves nothing. */
  readonly knownAt?: string;
  /** How the FAIL that holds began. */
  readonly began?: Began;
  /** Somebody's event, and not one of ours, can have brought about the FAIL that holds; or the host told that it turned. */
  readonly prompted?: true;
  /** When its latest drifts began, oldest first. */
  readonly drifts?: readonly string[];
  /** Of what the last known status was evaluated with. */
  readonly settings?: string;
  /** What would be done, for the finding; the whole plan is kept beside the row. */
  readonly plan?: PlanSummary;
  readonly remediation?: Remediating;
  /** The latest action whose outcome was said, and when it began. */
  readonly lastAction?: string;
  readonly lastActionAt?: string;
  /**
   * Candidates for "by whom", oldest first: of a FAIL the first that can have brought it about. While it passes, who may
   * have brought about what a later read shows.
   */
  readonly causes: readonly EventCause[];
  /** Of a FAIL: candidates that are only counted, at most fifty, by a hash of caller and call. */
  readonly furtherCauses?: readonly string[];
  /** Who changed it once it was read as failing: the latest. */
  readonly changedSince?: readonly EventCause[];
  /** Events that reached the resource without naming it, while it passes: whether they did anything is not known yet. */
  readonly unproven?: readonly EventCause[];
  /** Hashes of the facets of the last read that did not fail. */
  readonly seen?: Readonly<Record<string, string>>;
  /** Of a FAIL: the facets that differ from those. */
  readonly turnedOn?: readonly string[];
  /** Of a FAIL: when the first read of it was done; what happened later is not its cause. */
  readonly failedBy?: string;
  /** Of a FAIL that was renewed during an action: who broke it again did so after this. */
  readonly suspectsSince?: string;
  /** Of the finding as it ought to be published; absent where none is. */
  readonly hash?: string;
  readonly published?: Published;
  /** The episode that people were told of over the topic, since Security Hub did not take its finding. */
  readonly notified?: number;
  /** The resource's own policy keeps it from us. */
  readonly hidden?: Hidden;
  /** Of what compares with a deployment: the latest that is known. */
  readonly deployedBy?: EventCause;
  /** The id of that of which people were told, since the baseline names no deployers. */
  readonly toldDeployed?: string;
  /** Our own role may not read it: that is said once, for all resources. */
  readonly denied?: Denied;
}

/** What was known is kept from us. */
export interface Hidden {
  /** What was read last. */
  readonly was: 'PASS' | 'FAIL';
  readonly since: string;
  /** People were told of it over the topic. */
  readonly told?: true;
}

/**
 * - `turned`: from a PASS or NOT_APPLICABLE that was read lately and with the same parameters
 * - `created`: the first verdict on a resource just created
 * - `found`: it failed when it was first seen, which is backlog
 */
export type Began = 'turned' | 'created' | 'found';
export interface PlanSummary {
  readonly text: string;
  readonly hash: string;
  /** Else it is a proposal. */
  readonly isCalls: boolean;
}
/** How far the remediation of the FAIL that holds has come. */
export interface Remediating {
  readonly episode: number;
  readonly action: string;
  /** `wanted`: the Remediations queue is not known to have it; `waiting`: it is pending, and asked for again. */
  readonly state: 'wanted' | 'asked' | 'waiting';
  /** Of what waits: asked again from then on. */
  readonly notBefore?: string;
  /** Of what waits: nobody knows when that ends, so that the sweep asks, and no clock before. */
  readonly bySweep?: true;
  /** What keeps it, or kept it last: the guard, and why. */
  readonly guard?: string;
  readonly why?: string;
  /** Since when it waits. */
  readonly since?: string;
  /** How often it was asked for again. */
  readonly tries?: number;
  /** When it was wanted last. */
  readonly askedAt?: string;
  /** Of a host: when its request was last sent back to wait in the queue of its messages. */
  readonly waitsAt?: string;
  /** Somebody answers for the failure; once that ends, another attempt is made. */
  readonly exempted?: true;
  readonly attempt?: number;
}
/** An exemption that a person gave one control on this resource, beside those of the baseline. */
export interface Granted {
  readonly owner: string;
  readonly reason: string;
  /** The last moment at which it counts, ISO 8601 in UTC. */
  readonly expires: string;
  /** Nobody answers for it yet: the custom action names no user. */
  readonly unconfirmed?: true;
}
/** An action whose verdict is awaited. */
export interface Awaited {
  readonly action: string;
  /** When its last call was answered. */
  readonly since: string;
  /** Who has changed the resource since it began, and by which call: the first of them. */
  readonly meanwhile?: readonly string[];
}

/** A settle change that is under way: one a resource. */
export interface PendingSettle {
  readonly arrivesAt: string;
  /** When a read is trusted to show the latest event. */
  readonly wantedAt: string;
  readonly facets: readonly string[] | 'all';
  readonly attempt: number;
}

/** What a host says that it runs. */
export interface HostSystem {
  /** `debian 12` */
  readonly name: string;
  /** The fixes were tried on booted systems of it. */
  readonly isTried: boolean;
}

/** Everything the posture table keeps of one resource. */
export interface ResourceRow {
  readonly type: string;
  readonly ref: Ref;
  /** Rises with each write; the condition of the next. NaN where what stands there is no version. */
  readonly version: number;
  /** When the state in this row was read last. */
  readonly readAt: string;
  /** `UpdatedAt` of what this version publishes: later than that of every version before. */
  readonly stampedAt: string;
  readonly arn?: string;
  /** Only the tags that findings use. */
  readonly tags: Readonly<Record<string, string>>;
  /** Those that the baseline has kept for reports; absent where it names none, or nobody has read them. */
  readonly reportTags?: ReportTags;
  /** The tags by which controllers mark what they own, and when each was first read. */
  readonly controllerTags?: ControllerTags;
  /** Of a host. */
  readonly system?: HostSystem;
  readonly controls: Readonly<Record<string, ControlRow>>;
  /** How the internet comes to it, as it was read while it failed: for the order and the detail of its findings. */
  readonly reachability?: Reachability & { readonly readAt: string };
  readonly settle?: PendingSettle;
  /** It was just created, and that has not settled: whoever creates it may not have finished. */
  readonly beingCreated?: true;
  readonly awaits?: readonly Awaited[];
  /** By control id. */
  readonly exemptions?: Readonly<Record<string, Granted>>;
  /** Transitions that are not known to be written yet: they stay until they are. */
  readonly unrecorded?: readonly Transition[];
  readonly lastEventAt?: string;
  readonly goneAt?: string;
  /** The key of the row of a former type of which this is a part, until it is kept by itself. */
  readonly splitFrom?: string;
  /** What stands in the table under its key is no row: nothing of it is known, and the next evaluation replaces it. Never kept. */
  readonly isUnreadable?: true;
}

export interface Transition {
  readonly controlId: string;
  /** `GONE` where the resource is back. */
  readonly from?: string;
  /** When the status before began; of UNKNOWN nobody knows. */
  readonly fromSince?: string;
  /** It was evaluated with other settings than before. */
  readonly bySettings?: true;
  readonly to: string;
  readonly at: string;
  readonly causes: readonly EventCause[];
}
