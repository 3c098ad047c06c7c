import {
  isAnything,
  isEither,
  isFlag,
  isListOf,
  isNumber,
  isOneOf,
  isRecordOf,
  isText,
  isTime,
  shapeOf,
} from '../../support/shape.ts';
import type { EventCause } from '../changes/change.ts';
import type { ReportTags } from './report-tags.ts';
import type {
  Awaited,
  ControlRow,
  Granted,
  Hidden,
  PendingSettle,
  PlanSummary,
  Published,
  Remediating,
  ResourceRow,
  StoredVerdict,
  Transition,
} from './row.ts';
import type { Noted } from './row-version.ts';

// Whoever may write the table may write anything into it. What one row says in another shape must not end what is done
// for the others beside it. Times that cannot have been are another question: `plausible-row.ts` has it.

const texts = isListOf(isText);
const facets = isEither(texts, isOneOf('all'));

const isEvent = shapeOf<EventCause>(
  { kind: isOneOf('event'), via: isText, id: isText, time: isText },
  {
    call: isText,
    by: isText,
    identity: isText,
    account: isText,
    principal: isText,
    issuer: isText,
    onBehalfOf: isText,
    from: isText,
    userAgent: isText,
    invokedBy: isText,
    sourceIdentity: isText,
    ours: isFlag,
    reach: facets,
    vague: isFlag,
    hides: isFlag,
    omitted: isFlag,
  },
);
const events = isListOf(isEvent);

const isVerdict = shapeOf<StoredVerdict>(
  { status: isOneOf('PASS', 'FAIL', 'NOT_APPLICABLE', 'UNKNOWN') },
  {
    reason: isText,
    evidence: isListOf(
      shapeOf<NonNullable<StoredVerdict['evidence']>[number]>(
        { path: isText, actual: isAnything, expected: isAnything },
        {},
      ),
    ),
    recheckAt: isTime,
  },
);
const isPublished = shapeOf<Published>(
  {
    hash: isText,
    updatedAt: isTime,
    status: isOneOf('FAILED', 'PASSED', 'NOT_AVAILABLE', 'ARCHIVED'),
  },
  { unresolved: isFlag },
);
const isRemediating = shapeOf<Remediating>(
  { episode: isNumber, action: isText, state: isOneOf('wanted', 'asked', 'waiting') },
  {
    notBefore: isTime,
    bySweep: isFlag,
    guard: isText,
    why: isText,
    since: isTime,
    tries: isNumber,
    askedAt: isTime,
    waitsAt: isTime,
    exempted: isFlag,
    attempt: isNumber,
  },
);

const isControlRow = shapeOf<ControlRow>(
  {
    verdict: isVerdict,
    since: isTime,
    firstSeenAt: isTime,
    readAt: isTime,
    episodes: isNumber,
    causes: events,
  },
  {
    lastKnown: isOneOf('PASS', 'FAIL', 'NOT_APPLICABLE'),
    lastPassAt: isTime,
    knownAt: isTime,
    began: isOneOf('turned', 'created', 'found'),
    prompted: isFlag,
    drifts: isListOf(isTime),
    settings: isText,
    plan: shapeOf<PlanSummary>({ text: isText, hash: isText, isCalls: isFlag }, {}),
    remediation: isRemediating,
    lastAction: isText,
    lastActionAt: isTime,
    furtherCauses: texts,
    changedSince: events,
    unproven: events,
    seen: isRecordOf(isText),
    turnedOn: texts,
    failedBy: isTime,
    suspectsSince: isTime,
    hash: isText,
    published: isPublished,
    notified: isNumber,
    hidden: shapeOf<Hidden>({ was: isOneOf('PASS', 'FAIL'), since: isTime }, { told: isFlag }),
    deployedBy: isEvent,
    toldDeployed: isText,
    denied: shapeOf<NonNullable<ControlRow['denied']>>(
      { facet: isText },
      { action: isText, by: isText },
    ),
  },
);

const isTransition: (value: unknown) => value is Transition = shapeOf<Transition>(
  { controlId: isText, to: isText, at: isTime, causes: events },
  { from: isText, fromSince: isTime, bySettings: isFlag },
);

/** Whether a value is a row, as any release of this form wrote it. Its version stands beside it. */
export const isRow: (value: unknown) => value is ResourceRow = shapeOf<ResourceRow>(
  {
    type: isText,
    ref: shapeOf<ResourceRow['ref']>({ account: isText, region: isText, id: isText }, {}),
    version: isAnything,
    readAt: isTime,
    stampedAt: isTime,
    tags: isRecordOf(isText),
    controls: isRecordOf(isControlRow),
  },
  {
    arn: isText,
    reportTags: shapeOf<ReportTags>(
      { since: isTime, values: isRecordOf(isEither(isText, (value) => value === null)) },
      {},
    ),
    controllerTags: isRecordOf(isTime),
    system: shapeOf<NonNullable<ResourceRow['system']>>({ name: isText, isTried: isFlag }, {}),
    reachability: shapeOf<NonNullable<ResourceRow['reachability']>>(
      {
        from: isOneOf('internet', 'named', 'nowhere', 'unknown'),
        why: isText,
        through: texts,
        readAt: isTime,
      },
      {},
    ),
    settle: shapeOf<PendingSettle>(
      { arrivesAt: isTime, wantedAt: isTime, facets, attempt: isNumber },
      {},
    ),
    beingCreated: isFlag,
    awaits: isListOf(shapeOf<Awaited>({ action: isText, since: isTime }, { meanwhile: texts })),
    exemptions: isRecordOf(
      shapeOf<Granted>({ owner: isText, reason: isText, expires: isTime }, { unconfirmed: isFlag }),
    ),
    unrecorded: isListOf(isTransition),
    lastEventAt: isTime,
    goneAt: isTime,
    splitFrom: isText,
    // Said of what has another shape, and never kept.
    isUnreadable: () => false,
  },
);

/** Transitions that are none are left out. */
export const transitionsAmong = (values: readonly unknown[]): readonly Transition[] =>
  values.filter(isTransition);

/** Whether a value says what was noted of a row. */
export const isNoted: (value: unknown) => value is Noted = shapeOf<Noted>(
  { published: isRecordOf(isPublished) },
  { notified: texts, toldHidden: texts, toldDeployed: texts },
);
