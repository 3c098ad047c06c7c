import type { AnyResourceType, Where } from '../../model/resource-type.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { timeFault } from './bounds.ts';
import type { Cause, Change, EventCause, PlaceSweep, TypeChange } from './change.ts';
import { evaluatedAt, isGoverned, isOfGovernedAccount, type Place } from './place.ts';
import type { Provenance } from './sender.ts';
import type { DropReason } from './triggered.ts';

type Body = Readonly<Record<string, unknown>>;

/** What is known of how our own messages are to be taken. */
export interface Own extends Provenance {
  readonly place: Place;
  readonly types: readonly AnyResourceType[];
}
type Fault = { readonly dropped: DropReason };

const optional = [
  ...['call', 'by', 'identity', 'account', 'principal', 'issuer', 'onBehalfOf'],
  ...['from', 'userAgent', 'invokedBy', 'sourceIdentity'],
];

const eventCause = (cause: Body, now: Date): EventCause | DropReason => {
  const { via } = cause;
  const id = text(cause['id']);
  const time = text(cause['time']);
  if (via !== 'cloudtrail' && via !== 'config' && via !== 'service') return 'malformed';
  const fault = timeFault(time, now);
  if (fault !== undefined || id === undefined || time === undefined) return fault ?? 'malformed';
  const said = optional.flatMap((name) => {
    const value = text(cause[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  const { vague, omitted, hides, reach } = cause;
  const reached = reach === 'all' ? reach : list(reach).flatMap((facet) => text(facet) ?? []);
  return {
    ...Object.fromEntries(said),
    kind: 'event',
    via,
    id,
    time,
    ...(reach === undefined ? {} : { reach: reached }),
    ...(vague === true ? { vague } : {}),
    ...(omitted === true ? { omitted } : {}),
    ...(hides === true ? { hides } : {}),
  };
};

/** A cause with what it may say, and nothing else: no state travels in a message. */
const causeIn = (body: Body, now: Date): Cause | DropReason => {
  const cause = asRecord(body['cause']);
  const { kind, attempt } = cause;
  if (kind === 'event') return eventCause(cause, now);
  if (kind === 'sweep' || kind === 'review') return { kind };
  if (kind === 'settle' && typeof attempt === 'number' && Number.isInteger(attempt) && attempt >= 0)
    return { kind, attempt };
  const action = text(cause['action']);
  const at = text(cause['at']);
  if (kind !== 'verify' || action === undefined || at === undefined) return 'malformed';
  return timeFault(at, now) ?? { kind, action, at };
};

const facetsIn = ({ facets }: Body): readonly string[] | 'all' | undefined => {
  if (facets === 'all') return facets;
  const names = list(facets).flatMap((facet) => text(facet) ?? []);
  return names.length > 0 && names.length === list(facets).length ? names : undefined;
};

interface Taken {
  readonly type: AnyResourceType;
  readonly where: Where;
  readonly facets: readonly string[] | 'all';
  readonly cause: Cause;
}

/** What a change and a sweep have in common: who may say it, of which type and place, which facets and why. */
const common = (
  body: Body,
  name: unknown,
  at: Body,
  { sender, now, place, types }: Own,
): Taken | Fault => {
  if (sender.kind !== 'own') return { dropped: 'outsider' };
  const facets = facetsIn(body);
  if (body['version'] !== 1 || text(name) === undefined || facets === undefined)
    return { dropped: 'malformed' };
  const account = text(at['account']);
  const region = text(at['region']);
  if (account === undefined || region === undefined) return { dropped: 'malformed' };
  const cause = causeIn(body, now);
  if (typeof cause === 'string') return { dropped: cause };
  const type = types.find((one) => one.type === name);
  if (!type) return { dropped: 'unknown' };
  const where = { account, region };
  // The row of what was governed once is still due: whoever takes the change puts that off, and reads nothing.
  const isDue = body['sweep'] === undefined && cause.kind === 'sweep';
  if (!isDue && !isOfGovernedAccount(where, place)) return { dropped: 'foreign' };
  if (!isDue && !isGoverned(where, place)) return { dropped: 'ungoverned' };
  if (evaluatedAt(type, { where, place })?.region !== region) return { dropped: 'foreign' };
  return { type, where, facets, cause };
};

const hintIn = ({ hint }: Body): Pick<Change, 'hint'> =>
  hint === 'created' || hint === 'deleted' ? { hint } : {};

/** A change that one of our roles sent. */
export const ownChange = (body: Body, own: Own): Change | Fault => {
  const ref = asRecord(body['ref']);
  const id = text(ref['id']);
  const taken = common(body, body['type'], ref, own);
  if ('dropped' in taken) return taken;
  const { type, where, facets, cause } = taken;
  if (id === undefined) return { dropped: 'malformed' };
  return { version: 1, type: type.type, ref: { ...where, id }, facets, ...hintIn(body), cause };
};

/** As many as one batch of a queue has, and some more. */
const mostJoined = 100;

/** Whether a message of ours has several changes. */
export const isJoined = (body: Body): boolean => body['changes'] !== undefined;

/** What one message of ours says: a change, or several that come together. One that may not be said is left out. */
export const ownChanges = (body: Body, own: Own): readonly Change[] | Fault => {
  if (!isJoined(body)) {
    const change = ownChange(body, own);
    return 'dropped' in change ? change : [change];
  }
  const all = list(body['changes']);
  if (all.length > mostJoined) return { dropped: 'malformed' };
  const said = all.map((one) => ownChange(asRecord(one), own));
  const changes = said.flatMap((one) => ('dropped' in one ? [] : [one]));
  const fault = said.find((one) => 'dropped' in one);
  return changes.length > 0 ? changes : (fault ?? { dropped: 'malformed' });
};

const lenderIn = ({ lender }: Body): Pick<TypeChange, 'lender'> | undefined => {
  if (lender === undefined) return {};
  const [type, facet, id] = ['type', 'facet', 'id'].map((part) => text(asRecord(lender)[part]));
  if (type === undefined || facet === undefined || id === undefined) return undefined;
  return { lender: { type, facet, id } };
};

const reachableIn = ({ reachable }: Body): Pick<TypeChange, 'reachable'> | undefined => {
  if (reachable === undefined) return {};
  const { through, sent } = asRecord(reachable);
  if (!Number.isInteger(sent) || Number(sent) < 0) return undefined;
  const ids = list(through).flatMap((id) => text(id) ?? []);
  if (through !== undefined && (ids.length === 0 || ids.length !== list(through).length))
    return undefined;
  return { reachable: { ...(through === undefined ? {} : { through: ids }), sent: Number(sent) } };
};

const isPage = (page: unknown): page is number => Number.isInteger(page) && Number(page) > 0;

/** A sweep of one type that one of our roles sent. */
export const ownSweep = (body: Body, own: Own): TypeChange | Fault => {
  const taken = common(body, body['sweep'], body, own);
  if ('dropped' in taken) return taken;
  const { type, where, facets, cause } = taken;
  const lender = lenderIn(body);
  const reachable = reachableIn(body);
  const token = text(body['token']);
  const came = text(body['with']);
  const { page } = body;
  if (!lender || !reachable || !(page === undefined || isPage(page)))
    return { dropped: 'malformed' };
  return {
    version: 1,
    sweep: type.type,
    ...where,
    facets,
    ...lender,
    ...reachable,
    ...(came === undefined ? {} : { with: came }),
    cause,
    ...(token === undefined ? {} : { token }),
    ...(page === undefined ? {} : { page }),
  };
};

/** A sweep of a region of an account that one of our roles sent. */
export const ownPlaceSweep = (
  body: Body,
  { sender, place }: Pick<Own, 'sender' | 'place'>,
): PlaceSweep | Fault => {
  if (sender.kind !== 'own') return { dropped: 'outsider' };
  const account = text(body['account']);
  const region = text(body['region']);
  if (account === undefined || region === undefined) return { dropped: 'malformed' };
  const where = { account, region };
  if (!isOfGovernedAccount(where, place)) return { dropped: 'foreign' };
  return isGoverned(where, place)
    ? { version: 1, sweep: 'place', ...where }
    : { dropped: 'ungoverned' };
};
