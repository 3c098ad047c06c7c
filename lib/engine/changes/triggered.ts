import type { AnyResourceType, Effect, Ref } from '../../model/resource-type.ts';
import { type Cause, type Change, type TypeChange, union } from './change.ts';

/** Why something that arrived became no change. */
export type DropReason =
  | 'malformed'
  | 'unknown'
  | 'failed'
  | 'readOnly'
  | 'foreign'
  /** It is no message of the function's own queues. */
  | 'forged'
  /** Only others than who sent it may say so. */
  | 'stranger'
  | 'replayed'
  /** Its time is still to come, or long past. */
  | 'future'
  | 'stale'
  | 'notEnabled'
  | 'settled';

export type Arrival =
  | { readonly dropped: DropReason }
  | { readonly changes: readonly Change[]; readonly sweeps: readonly TypeChange[] };

export interface Place {
  readonly account: string;
  readonly region: string;
  readonly homeRegion: string;
}

/** What an event says of the resources of one type. */
export interface Announced {
  readonly type: AnyResourceType;
  readonly ids: readonly string[] | 'all';
  readonly effect: Effect;
  /** There where the event changes nothing that was there before: the id of what it made, if it says it. */
  readonly with?: string | undefined;
  /** It also decides who may read the resource. */
  readonly hides?: true;
}

/** Where resources of a type are evaluated. */
export const regionOf = ({ scope }: AnyResourceType, { region, homeRegion }: Place): string =>
  scope === 'regional' ? region : homeRegion;

/** Global and account scopes are evaluated in the home region alone. */
export const isEvaluatedHere = (
  { scope }: AnyResourceType,
  { region, homeRegion }: Place,
): boolean => scope === 'regional' || region === homeRegion;

/** Whether something is of this account, and of this region or global. */
export const isHere = (
  { account, region }: Pick<Ref, 'account' | 'region'>,
  place: Place,
): boolean => account === place.account && [place.region, place.homeRegion].includes(region);

/** An id as it is kept, however an event or a listing writes it. */
export const keptId = (
  { ignoresCase }: Pick<AnyResourceType, 'ignoresCase'>,
  id: string,
): string => (ignoresCase ? id.toLowerCase() : id);

const changeOf = (announced: Announced, id: string, place: Place, cause: Cause): Change => ({
  version: 1,
  type: announced.type.type,
  ref: {
    account: place.account,
    region: regionOf(announced.type, place),
    id: keptId(announced.type, id),
  },
  ...(typeof announced.effect === 'string'
    ? { facets: 'all', hint: announced.effect }
    : { facets: announced.effect }),
  cause,
});

/**
 * An event, and once more for all facets where it decides who may read them: those are to be read again, and whoever it
 * was is a suspect of nothing there but that they are hidden.
 */
const toldBy = (one: Announced, cause: Cause): readonly (readonly [Announced, Cause])[] => {
  const named = one.effect.length > 0 ? [[one, cause] as const] : [];
  if (!one.hides || cause.kind !== 'event') return named;
  const everything = { ...one, effect: Object.keys(one.type.facets) };
  return [...named, [everything, { ...cause, reach: 'all', hides: true }]];
};

/** The sweeps of the types that borrow a facet which changed on the lender. */
const borrowersOf = (
  types: readonly AnyResourceType[],
  announced: Announced,
  place: Place,
  cause: Cause,
): readonly TypeChange[] => {
  const lent = (facet: string) =>
    typeof announced.effect === 'string' || announced.effect.includes(facet);
  const ids = announced.ids === 'all' ? [undefined] : announced.ids;
  return types
    .filter((type) => isEvaluatedHere(type, place))
    .flatMap((type) =>
      Object.entries(type.facets).flatMap(([name, { borrowedFrom = [] }]) =>
        borrowedFrom
          .filter((lender) => lender.type === announced.type.type && lent(lender.facet))
          .flatMap((lender) =>
            ids.map((id) => ({
              ...sweepOf(type, [name], place, cause),
              ...(id === undefined
                ? {}
                : { lender: { type: lender.type, facet: lender.facet, id } }),
            })),
          ),
      ),
    );
};

/** A message that has every resource of a type evaluated again. */
export const sweepOf = (
  type: AnyResourceType,
  facets: readonly string[] | 'all',
  place: Place,
  cause: Cause,
): TypeChange => ({
  version: 1,
  sweep: type.type,
  account: place.account,
  region: regionOf(type, place),
  facets,
  cause,
});

/** The sweep of a type of which an event can be about any resource. */
const sweepOfAll = (one: Announced, place: Place, cause: Cause): TypeChange => {
  const facets = typeof one.effect === 'string' ? 'all' : one.effect;
  const sweep = sweepOf(one.type, facets, place, cause);
  if (!('with' in one) || cause.kind !== 'event') return sweep;
  return one.with === undefined
    ? { ...sweep, cause: { ...cause, reach: [] } }
    : { ...sweep, with: one.with };
};

/** Sweeps of one type for one lender are one sweep. */
const joined = (sweeps: readonly TypeChange[]): readonly TypeChange[] => {
  const known = new Map<string, TypeChange>();
  for (const sweep of sweeps) {
    const { cause } = sweep;
    const hides = cause.kind === 'event' && cause.hides;
    const key = JSON.stringify([sweep.sweep, sweep.lender, sweep.with, hides]);
    const before = known.get(key);
    known.set(key, before ? { ...before, facets: union(before.facets, sweep.facets) } : sweep);
  }
  return [...known.values()];
};

/** Turns what an event announced into changes, and into sweeps where no id is known or a facet is lent. */
export const changesFrom = (
  types: readonly AnyResourceType[],
  announced: readonly Announced[],
  place: Place,
  cause: Cause,
): Arrival => ({
  changes: announced.flatMap((one) => {
    const { ids } = one;
    if (ids === 'all' || !isEvaluatedHere(one.type, place)) return [];
    const told = toldBy(one, cause);
    return ids.flatMap((id) => told.map(([each, why]) => changeOf(each, id, place, why)));
  }),
  sweeps: joined(
    announced.flatMap((one) => [
      ...(one.ids === 'all' && isEvaluatedHere(one.type, place)
        ? toldBy(one, cause).map(([each, why]) => sweepOfAll(each, place, why))
        : []),
      ...borrowersOf(types, one, place, cause),
    ]),
  ),
});
