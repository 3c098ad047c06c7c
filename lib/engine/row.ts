import { createHash } from 'node:crypto';
import type { Control, Evidence, Ref, Verdict } from '../controls/control.ts';
import type { Action } from './action.ts';
import { canonicalJson } from './canonical-json.ts';
import { type EventCause, eventBlurMs } from './change.ts';
import { clip } from './clip.ts';

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
  /** Somebody's event, and not one of ours, can have brought about the FAIL that holds. */
  readonly prompted?: true;
  /** When its latest drifts began, oldest first. */
  readonly drifts?: readonly string[];
  /** Of the parameters that the last known status was judged with. */
  readonly settings?: string;
  /** What would be done, for the finding; the whole plan is kept beside the row. */
  readonly plan?: PlanSummary;
  readonly remediation?: Remediating;
  /** The latest action whose outcome was said, and when it began. */
  readonly lastAction?: string;
  readonly lastActionAt?: string;
  /** Candidates for "by whom": the latest five, oldest first. */
  readonly causes: readonly EventCause[];
  /** Of the finding as it ought to be published; absent where none is. */
  readonly hash?: string;
  readonly published?: Published;
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
  /** `wanted`: the Remediations queue is not known to have it; `waiting`: for its time. */
  readonly state: 'wanted' | 'asked' | 'waiting';
  readonly notBefore?: string;
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
  /** Rises with each write; the condition of the next. */
  readonly version: number;
  /** When the state in this row was read last. */
  readonly readAt: string;
  /** `UpdatedAt` of what this version publishes: later than that of every version before. */
  readonly stampedAt: string;
  readonly arn?: string;
  /** Only the tags that findings use. */
  readonly tags: Readonly<Record<string, string>>;
  /** Of a host. */
  readonly system?: HostSystem;
  readonly controls: Readonly<Record<string, ControlRow>>;
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
}

export interface Transition {
  readonly controlId: string;
  readonly from?: string;
  readonly to: string;
  readonly at: string;
  readonly causes: readonly EventCause[];
}

export interface Judged {
  readonly control: Control;
  readonly verdict: Verdict;
  readonly readAt: Date;
  /** The events on the facets that it needs, ours marked. */
  readonly causes: readonly EventCause[];
  /** An event says that the resource was just created. */
  readonly isCreated: boolean;
  /** Of the parameters. */
  readonly settings: string;
  readonly plan?: PlanSummary;
  /** The action during which somebody broke it again. */
  readonly renewedBy?: Pick<Action, 'id' | 'startedAt'>;
}

/** Tells one setting of a control from another. */
export const settingsHash = (parameters: Readonly<Record<string, unknown>>): string =>
  createHash('sha256').update(canonicalJson(parameters)).digest('hex').slice(0, 8);

const mostEvidence = 20;
const mostCauses = 5;
const mostUnrecorded = 100;

const boundedValue = (value: unknown): unknown => {
  const json = canonicalJson(value);
  return json.length <= 300 ? (value ?? null) : clip(json, 300);
};

export const stored = (verdict: Verdict): StoredVerdict => ({
  status: verdict.status,
  ...('reason' in verdict ? { reason: clip(verdict.reason, 600) } : {}),
  ...('evidence' in verdict
    ? {
        evidence: verdict.evidence.slice(0, mostEvidence).map(({ path, actual, expected }) => ({
          path: clip(path, 200),
          actual: boundedValue(actual),
          expected: boundedValue(expected),
        })),
      }
    : {}),
  ...('recheckAt' in verdict && verdict.recheckAt
    ? { recheckAt: verdict.recheckAt.toISOString() }
    : {}),
});

/** The events that the last PASS does not prove innocent, each once. */
const suspects = (
  events: readonly EventCause[],
  lastPassAt: string | undefined,
  settlesAfterSeconds: number,
): readonly EventCause[] => {
  const known = new Map(events.map((event) => [event.id, event]));
  const uncertainMs = Math.max(settlesAfterSeconds * 1000, eventBlurMs);
  const since = lastPassAt === undefined ? 0 : Date.parse(lastPassAt) - uncertainMs;
  return [...known.values()].filter(({ time }) => Date.parse(time) >= since);
};

/** The latest five of them who have a name. The result does not depend on the order in which they came. */
const candidates = (events: readonly EventCause[]): readonly EventCause[] =>
  events
    // AWS Config and the services tell that something changed, not who changed it.
    .filter(({ by }) => by !== undefined)
    .toSorted((a, b) => a.time.localeCompare(b.time) || a.id.localeCompare(b.id))
    .slice(-mostCauses);

/** The latest of ISO 8601 times; `undefined` where there is none. */
export const latestOf = (...times: readonly (string | undefined)[]): string | undefined =>
  times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);

/** A verdict older than this no longer proves that a FAIL is new: the daily sweep reads everything. */
const trustedDays = 3;
const mostDrifts = 10;

const isTrusted = (before: ControlRow, { readAt, settings }: Judged): boolean =>
  (before.settings === undefined || before.settings === settings) &&
  Date.parse(before.knownAt ?? before.readAt) + trustedDays * 86_400_000 >= readAt.getTime();

/** Whether an outcome is news: it can be told again after that of a later action. */
export const isLaterAction = (
  { lastAction, lastActionAt = '' }: Pick<ControlRow, 'lastAction' | 'lastActionAt'>,
  { id, startedAt }: Pick<Action, 'id' | 'startedAt'>,
): boolean => lastAction !== id && startedAt > lastActionAt;

/** Whether somebody broke it again during an action; said once, however often the outcome is. */
const isRenewed = (before: ControlRow | undefined, { renewedBy }: Judged): boolean =>
  renewedBy !== undefined && isLaterAction(before ?? {}, renewedBy);

const beganOf = (before: ControlRow | undefined, judged: Judged): Began => {
  if (isRenewed(before, judged)) return 'turned';
  if (before?.lastKnown === 'FAIL') {
    // The event of the creation can come after that of a later step.
    return judged.isCreated && before.began === 'found' ? 'created' : (before.began ?? 'found');
  }
  if (before?.lastKnown === undefined) return judged.isCreated ? 'created' : 'found';
  return isTrusted(before, judged) ? 'turned' : 'found';
};

/** The events that brought about the drift before: what fails after that was put right is not theirs as well. */
const spentIn = (before: ControlRow | undefined): readonly string[] => {
  const last = before?.drifts?.at(-1);
  if (!before || last === undefined) return [];
  return before.causes.flatMap(({ id, time }) => (time <= last ? [id] : []));
};

/**
 * What is kept of a FAIL: how it began, who prompted it, what is being done. Nothing of it outlives the next PASS.
 * What happened after the FAIL was first read did not bring it about: that somebody touches what failed is no drift.
 */
const failureOf = (
  before: ControlRow | undefined,
  judged: Judged,
  known: string | undefined,
  events: readonly EventCause[],
) => {
  const drifts = before?.drifts ?? [];
  if (known !== 'FAIL') return drifts.length > 0 ? { drifts } : {};
  const began = beganOf(before, judged);
  const isAgain = isRenewed(before, judged);
  const isSame = before?.lastKnown === 'FAIL' && !isAgain;
  const since = isSame ? before.since : judged.readAt.toISOString();
  const wasPrompted = isSame && before.prompted === true;
  const spent = isSame ? [] : spentIn(before);
  const isPrompted =
    wasPrompted ||
    isAgain ||
    events.some(({ id, ours, time }) => !ours && time <= since && !spent.includes(id));
  const isNewDrift = isPrompted && !wasPrompted && began !== 'found';
  const all = isNewDrift ? [...drifts, judged.readAt.toISOString()].slice(-mostDrifts) : drifts;
  return {
    began,
    ...(isPrompted ? { prompted: true as const } : {}),
    ...(all.length > 0 ? { drifts: all } : {}),
    ...(isSame && before.remediation ? { remediation: before.remediation } : {}),
    ...(judged.plan ? { plan: judged.plan } : {}),
  };
};

/** How often it drifted within the hours before a moment. */
export const driftsWithin = ({ drifts = [] }: ControlRow, hours: number, now: Date): number =>
  drifts.filter((at) => Date.parse(at) > now.getTime() - hours * 3_600_000).length;

/** Whether the FAIL that holds is drift: somebody brought it about while we watched. */
export const isDrift = ({ lastKnown, began, prompted }: ControlRow): boolean =>
  lastKnown === 'FAIL' && prompted === true && (began === 'turned' || began === 'created');

/** One control's row after a verdict; an older read than the row's adds its causes and nothing else. */
export const nextControlRow = (
  before: ControlRow | undefined,
  judged: Judged,
  settlesAfterSeconds: number,
): ControlRow => {
  const { verdict, readAt, causes } = judged;
  const at = readAt.toISOString();
  const isNewer = before === undefined || at > before.readAt;
  const passedAt = isNewer && verdict.status === 'PASS' ? at : undefined;
  const lastPassAt = latestOf(before?.lastPassAt, passedAt);
  const events = suspects([...(before?.causes ?? []), ...causes], lastPassAt, settlesAfterSeconds);
  const all = candidates(events);
  const isAgain = isRenewed(before, judged);
  if (!isNewer && before) {
    const { remediation: _, ...kept } = before;
    const plan = before.plan ? { plan: before.plan } : {};
    return {
      ...kept,
      episodes: before.episodes + (isAgain && before.lastKnown === 'FAIL' ? 1 : 0),
      causes: all,
      ...failureOf(before, { ...judged, ...plan }, before.lastKnown, events),
    };
  }
  const isKnown = verdict.status !== 'UNKNOWN';
  const known = isKnown ? verdict.status : before?.lastKnown;
  const isTurned = known !== before?.lastKnown;
  const knownAt = isKnown ? at : before?.knownAt;
  const settings = isKnown ? judged.settings : before?.settings;
  return {
    verdict: stored(verdict),
    ...(known === undefined ? {} : { lastKnown: known }),
    ...(knownAt === undefined ? {} : { knownAt }),
    since: isTurned || isAgain || before === undefined ? at : before.since,
    firstSeenAt: before?.firstSeenAt ?? at,
    readAt: at,
    ...(lastPassAt === undefined ? {} : { lastPassAt }),
    episodes: (before?.episodes ?? 0) + (known === 'FAIL' && (isTurned || isAgain) ? 1 : 0),
    causes: all,
    ...(settings === undefined ? {} : { settings }),
    ...(before?.lastAction === undefined ? {} : { lastAction: before.lastAction }),
    ...(before?.lastActionAt === undefined ? {} : { lastActionAt: before.lastActionAt }),
    ...failureOf(before, judged, known, events),
    ...(before?.hash === undefined ? {} : { hash: before.hash }),
    ...(before?.published === undefined ? {} : { published: before.published }),
  };
};

/** The turns from one row to the next, for the record of what happened. */
export const transitionsBetween = (
  before: ResourceRow | undefined,
  after: ResourceRow,
): readonly Transition[] =>
  Object.entries(after.controls).flatMap(([controlId, row]) => {
    const from = before?.controls[controlId]?.verdict.status;
    const to = row.verdict.status;
    if (from === to) return [];
    return [
      {
        controlId,
        ...(from === undefined ? {} : { from }),
        to,
        at: row.readAt,
        causes: row.causes,
      },
    ];
  });

/** A version's stamp: the time of its read, or just after the stamp before it. */
export const nextStamp = (before: ResourceRow | undefined, readAt: string): string =>
  before === undefined || readAt > before.stampedAt
    ? readAt
    : new Date(Date.parse(before.stampedAt) + 1).toISOString();

/** Whether Security Hub, or the Remediations queue, has not been told of something that this row says. */
export const hasUnpublished = ({ controls }: ResourceRow): boolean =>
  Object.values(controls).some(
    ({ hash, published, remediation }) =>
      (hash !== undefined && hash !== published?.hash) || remediation?.state === 'wanted',
  );

/** The row with the transitions that it brought, and those that the row before still had to write. */
export const withTransitions = (before: ResourceRow | undefined, row: ResourceRow): ResourceRow => {
  const all = [...(before?.unrecorded ?? []), ...transitionsBetween(before, row)];
  return all.length === 0 ? row : { ...row, unrecorded: all.slice(-mostUnrecorded) };
};

const told = (control: ControlRow, published: Published | undefined): ControlRow => ({
  ...control,
  ...(published ? { published } : {}),
  ...(control.remediation?.state === 'wanted'
    ? { remediation: { ...control.remediation, state: 'asked' as const } }
    : {}),
});

/**
 * The next version of a row, which knows what was published of this one, that its transitions are written, and that
 * the Remediations queue has what it wanted.
 */
export const withPublished = (
  { unrecorded: _, ...row }: ResourceRow,
  published: Readonly<Record<string, Published>>,
): ResourceRow => ({
  ...row,
  version: row.version + 1,
  controls: Object.fromEntries(
    Object.entries(row.controls).map(([id, control]) => [id, told(control, published[id])]),
  ),
});
