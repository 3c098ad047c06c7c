import { isNotEntered } from '../../aws/entry.ts';
import { attempted, codeOf, credentialCodes, sorting } from '../../aws/errors.ts';
import { isNotOffered } from '../../aws/not-offered.ts';
import {
  type Cause,
  type Change,
  keyOf,
  ofKey,
  type PlaceSweep,
  type TypeChange,
} from '../../engine/changes/change.ts';
import { ownPlaceSweep, ownSweep } from '../../engine/changes/own-message.ts';
import { toldOf } from '../../engine/changes/told-of.ts';
import { keptId, sweepOf } from '../../engine/changes/triggered.ts';
import { affectedBy } from '../../engine/evaluation/evaluate.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType, Listed } from '../../model/resource-type.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { readRows } from '../evaluate/rows.ts';
import { isFailing } from '../evaluate/ways.ts';
import { lookAtEntry } from '../runtime/away.ts';
import type { HowReceived, Outcome, Parsed } from '../runtime/batch.ts';
import { isClosed, noteHeld } from '../runtime/closed-region.ts';
import { oneReaderEach } from '../runtime/one-reader-each.ts';
import { enabledOn, type Runtime } from '../runtime/runtime.ts';
import { governedNow, listAfterEvent, sweepNewAccounts } from './organization.ts';
import { askClosedAgain, beginPlaces, isPlaceSweep, sweepPlace } from './places.ts';

/** Every region of every account, or the rows whose time has come. */
interface Begin {
  readonly begin: 'all' | 'due' | 'roster';
}
export type SweepStep = Begin | PlaceSweep | TypeChange;

/** Rows of one look at the index: at most this many of each shard. */
const mostDue = 250;
const daysBetweenSweeps = 1;
/** A listing of more pages than this has no end: with a hundred a page, a million resources. */
const mostPages = 10_000;

/** What a message of the Pages queue asks for: the clock's word that changes nothing, or a sweep of our own. */
export const takeSweep = async (
  body: unknown,
  { types, place }: Pick<Runtime, 'types' | 'place'>,
  { provenance }: Pick<HowReceived, 'provenance'>,
): Promise<Parsed<SweepStep>> => {
  const message = asRecord(body);
  const { version, sweep } = message;
  if (version !== 1 || text(sweep) === undefined)
    return { items: [], dropped: 'malformed', ids: {} };
  const ids = { sweep };
  // The accounts of the organization are listed, and nothing of the message is believed.
  if (sweep === 'due' || sweep === 'roster') return { items: [{ begin: sweep }], ids };
  if (sweep === 'all' && provenance.sender.kind === 'own')
    return { items: [{ begin: sweep }], ids };
  const own = { ...provenance, types: await types.about(toldOf(message)), place };
  const step = sweep === 'place' ? ownPlaceSweep(message, own) : ownSweep(message, own);
  return 'dropped' in step ? { items: [], dropped: step.dropped, ids } : { items: [step], ids };
};

const sweepCause: Cause = { kind: 'sweep' };

const changeOfKey = (key: string): Change => ({
  version: 1,
  ...ofKey(key),
  facets: 'all',
  cause: sweepCause,
});

/** Everything once a day, the first time as soon as the stack stands; what is due at each tick. */
const beginDue = async (runtime: Runtime): Promise<number> => {
  const now = runtime.clock();
  // What cannot be sent again stays where it is: nothing else waits for it.
  await attempted(async () => runtime.deadLetters?.redrive(now));
  // What is due waits for nothing that may take long.
  const keys = await runtime.posture.due(now.toISOString(), mostDue);
  await runtime.queues.sweepChanges(keys.map(changeOfKey));
  const governed = await governedNow(runtime);
  const yesterday = new Date(now.getTime() - daysBetweenSweeps * 86_400_000);
  if (await runtime.posture.claimSweep(now.toISOString(), yesterday.toISOString())) {
    return keys.length + (await beginPlaces(governed));
  }
  await attempted(() => askClosedAgain(governed));
  await sweepNewAccounts(governed, (account) => beginPlaces(governed, account));
  return keys.length;
};

/** An event stays the cause, but is no suspect by that: it reached a lender, or it may be about any resource of the type. */
const causeOf = (step: TypeChange): Cause => {
  const { cause } = step;
  if (cause.kind !== 'event' || step.with !== undefined) return cause;
  const isVague = step.lender === undefined && !cause.omitted;
  return { ...cause, reach: cause.reach ?? step.facets, ...(isVague ? { vague: true } : {}) };
};

const cameWith = ({ live }: AnyResourceType, id: string, listed: Listed): boolean =>
  live.announcements.some((one) => one.via === 'cloudtrail' && one.comesWith?.has(id, listed));

/** Whether what a sweep is for concerns a listed resource. */
const isConcerned = (type: AnyResourceType, step: TypeChange, listed: Listed): boolean => {
  const { lender } = step;
  if (step.with !== undefined) return cameWith(type, step.with, listed);
  if (!lender) return true;
  const lenders = Object.values(type.facets)
    .flatMap(({ borrowedFrom = [] }) => borrowedFrom)
    .filter((one) => one.type === lender.type && one.facet === lender.facet);
  return lenders.some(({ isBorrowedBy }) => isBorrowedBy?.(lender.id, listed) ?? true);
};

/** As many are read again at once as one change of the network concerns; the daily sweep reads the others. */
const mostReachable = 1000;

/** Those of a page that fail and hang on what changed, as their rows say. */
const hangingOn = async (
  { type, enabled }: { readonly type: AnyResourceType; readonly enabled: readonly Control[] },
  step: TypeChange,
  resources: readonly Listed[],
  runtime: Runtime,
): Promise<readonly Listed[]> => {
  const { through, sent = 0 } = step.reachable ?? {};
  const { account, region } = step;
  const keyed = resources.map((one) => {
    const ref = { account, region, id: keptId(type, one.id) };
    return [keyOf({ type: type.type, ref }), one] as const;
  });
  const rows = await readRows(
    keyed.map(([key]) => key),
    runtime,
  );
  const isHanging = (key: string): boolean => {
    const row = rows.get(key);
    if (!isFailing(row, enabled)) return false;
    const known = row?.reachability?.through;
    return !through || !known || known.includes('*') || through.some((id) => known.includes(id));
  };
  return keyed
    .filter(([key]) => isHanging(key))
    .map(([, one]) => one)
    .slice(0, Math.max(0, mostReachable - sent));
};

/** The step for the next page; none where enough were sent. */
const nextStep = (step: TypeChange, count: number): TypeChange | undefined => {
  if (!step.reachable) return step;
  const sent = step.reachable.sent + count;
  return sent < mostReachable ? { ...step, reachable: { ...step.reachable, sent } } : undefined;
};

/** Has the next page listed, unless that would never end. */
const goOn = async (step: TypeChange, token: string, runtime: Runtime): Promise<void> => {
  const { page = 1 } = step;
  if (page < mostPages && token !== step.token)
    return runtime.queues.sweepTypes([{ ...step, token, page: page + 1 }]);
  const why =
    token === step.token
      ? `page ${page} leads to itself: the rest is not listed`
      : `it has more than ${mostPages} pages: the rest is not listed`;
  runtime.endChain({ chain: 'sweep', of: step.sweep, why });
};

const isRegional = ({ scope }: AnyResourceType): boolean => scope === 'regional';

/** One page; a type that may not be listed, as nothing may in its region or account, or whose service is not there, has nothing to list. */
const listed = async (type: AnyResourceType, step: TypeChange, runtime: Runtime) => {
  const asked = await attempted(() =>
    sorting({}, () => type.live.list.page(runtime.reader(step), step.token)),
  );
  if ('failure' in asked && isNotEntered(asked.failure)) {
    await lookAtEntry(asked.failure.account, runtime);
    return { kind: 'notOffered', message: 'its account lets us not in' } as const;
  }
  const isRefused =
    'failure' in asked
      ? credentialCodes.includes(codeOf(asked.failure))
      : asked.value.kind === 'denied';
  if (isRefused && isRegional(type) && (await isClosed(step, runtime.reader(step), runtime)))
    return { kind: 'notOffered', message: 'its region is closed' } as const;
  if ('failure' in asked) {
    if (!(await isNotOffered(asked.failure, runtime.reader(step)))) throw asked.failure;
    return { kind: 'notOffered', message: 'its region has no such service' } as const;
  }
  return asked.value;
};

/** Has listed what is part of a type, once there is some of that, or it cannot be known; not after the first page again. */
const listParts = async (
  { type }: AnyResourceType,
  step: TypeChange,
  runtime: Runtime,
): Promise<void> => {
  const { cause, facets, lender, token, account, region } = step;
  if (cause.kind !== 'sweep' || facets !== 'all' || lender || step.with !== undefined) return;
  if (token !== undefined) return;
  const parts = (await runtime.types.all()).filter(({ live }) => live.list.partOf === type);
  await runtime.queues.sweepTypes(
    parts.map((part) => sweepOf(part, 'all', { account, region }, sweepCause)),
  );
};

/** Lists one page, sends a change for each resource on it, and a message that goes on with the next. */
const listPage = async (step: TypeChange, runtime: Runtime): Promise<number> => {
  const type = await runtime.types.named(step.sweep);
  if (!type) return 0;
  const enabled = await enabledOn(type, runtime);
  const isWanted = step.reachable
    ? type.reachable !== undefined && enabled.length > 0
    : affectedBy(enabled, step.facets).length > 0;
  if (!isWanted) return 0;
  const page = await listed(type, step, runtime);
  // A service that is not offered here has nothing to list.
  if (page.kind === 'notOffered') return 0;
  if (page.kind !== 'value') {
    await listParts(type, step, runtime);
    throw new Error(
      `${type.type} could not be listed: ${'message' in page ? page.message : page.kind}`,
    );
  }
  const { resources, next } = page.value;
  if (resources.length > 0 || next !== undefined) await listParts(type, step, runtime);
  const concerned = step.reachable
    ? await hangingOn({ type, enabled }, step, resources, runtime)
    : resources.filter((listed) => isConcerned(type, step, listed));
  if (isRegional(type) && !type.live.list.isEverywhere && resources.length > 0)
    await noteHeld(step, runtime);
  await runtime.queues.sweepChanges(
    concerned.map((listed) => ({
      version: 1,
      type: type.type,
      ref: { account: step.account, region: step.region, id: keptId(type, listed.id) },
      facets: step.facets,
      cause: causeOf(step),
    })),
  );
  const then = nextStep(step, concerned.length);
  if (next !== undefined && then) await goOn(then, next, runtime);
  return concerned.length;
};

const take = async (step: SweepStep, runtime: Runtime): Promise<number> => {
  if (!('begin' in step))
    return isPlaceSweep(step) ? sweepPlace(step, runtime) : listPage(step, runtime);
  if (step.begin === 'roster') return listAfterEvent(runtime);
  return step.begin === 'all' ? beginPlaces(runtime) : beginDue(runtime);
};

/** Takes each step; one that fails is none of the others' business. */
export const sweep = async (
  steps: readonly SweepStep[],
  runtime: Runtime,
): Promise<readonly Outcome[]> => {
  // Several changes of buckets each have the trails listed: of one batch in one call.
  const together = { ...runtime, reader: oneReaderEach(runtime) };
  const taken = await Promise.allSettled(steps.map((step) => take(step, together)));
  return taken.map((one) =>
    one.status === 'fulfilled' ? { done: one.value } : { failure: one.reason },
  );
};
