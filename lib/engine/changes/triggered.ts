import type { AnyResourceType, Effect, Lender, Where } from '../../model/resource-type.ts';
import { groupsBy } from '../../support/groups.ts';
import { onceEach } from '../../support/once.ts';
import { type Cause, type Change, type TypeChange, union } from './change.ts';
import { evaluatedAt, isGoverned, placesIn, type Scene } from './place.ts';

/** Why something that arrived became no change. */
export type DropReason =
  | 'malformed'
  | 'unknown'
  | 'failed'
  | 'readOnly'
  | 'foreign'
  /** It is of a region that the baseline does not govern. */
  | 'ungoverned'
  /** The record says another account or region than AWS's envelope around it. */
  | 'contradictory'
  /** It is about what another account owns: that account's own copy of the record counts. */
  | 'notOwned'
  /** It is no message of the function's own queues. */
  | 'forged'
  /** Only others than who sent it may say so. */
  | 'outsider'
  | 'replayed'
  /** Its time is still to come, or long past. */
  | 'future'
  | 'stale'
  | 'notEnabled'
  /** All reads of its region are refused: what is known there stays as it is. */
  | 'closed'
  /** Its account lets us no longer in: what is known there stays as it is. */
  | 'notEntered'
  | 'settled';

export type ParsedEvent =
  | { readonly dropped: DropReason }
  | { readonly changes: readonly Change[]; readonly sweeps: readonly TypeChange[] };

/** What an event says of the resources of one type. */
export interface Announced {
  readonly type: AnyResourceType;
  readonly ids: readonly string[] | 'all';
  readonly effect: Effect;
  /** There where the event changes nothing that was there before: the id of what it made, if it says it. */
  readonly with?: string | undefined;
  /** It also decides who may read the resource. */
  readonly hides?: true;
  /** The region that they are in, where that is not where it happened. */
  readonly region?: string;
  /** It changes them in every region. */
  readonly isEverywhere?: true;
}

/** An id as it is kept, however an event or a listing writes it. */
export const keptId = (
  { ignoresCase }: Pick<AnyResourceType, 'ignoresCase'>,
  id: string,
): string => (ignoresCase ? id.toLowerCase() : id);

const changeOf = (
  announced: Announced,
  id: string,
  { account, region }: Where,
  cause: Cause,
): Change => ({
  version: 1,
  type: announced.type.type,
  ref: { account, region, id: keptId(announced.type, id) },
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

/** A type that borrows one of its facets. */
interface Borrowing {
  readonly type: AnyResourceType;
  readonly facet: string;
  readonly lender: Lender;
}
/** By the type of the lender; there are as many types as there are kinds of resources, and each event asks. */
const borrowingsBy = onceEach((types: readonly AnyResourceType[]) =>
  groupsBy(
    types.flatMap((type) =>
      Object.entries(type.facets).flatMap(([facet, { borrowedFrom = [] }]) =>
        borrowedFrom.map((lender): Borrowing => ({ type, facet, lender })),
      ),
    ),
    ({ lender }) => lender.type,
  ),
);

/** Of what the same resources borrow of one lender the first: one sweep finds them. */
const onePerBorrowers = (borrowings: readonly Borrowing[]): readonly Borrowing[] =>
  borrowings.filter(
    ({ type, facet, lender }, index) =>
      borrowings.findIndex(
        (one) =>
          one.type === type &&
          one.facet === facet &&
          one.lender.isBorrowedBy === lender.isBorrowedBy &&
          one.lender.inOtherRegions === lender.inOtherRegions,
      ) === index,
  );

/** The sweeps of the types that borrow a facet which changed on the lender. */
const borrowersOf = (
  types: readonly AnyResourceType[],
  announced: Announced,
  scene: Scene,
  cause: Cause,
): readonly TypeChange[] => {
  const lends = evaluatedAt(announced.type, scene);
  if (!lends) return [];
  // What a region lends is borrowed there; what an account has once is borrowed in all of its regions.
  const whereOf = (type: AnyResourceType, { inOtherRegions }: Lender): readonly Where[] => {
    if (inOtherRegions) return otherPlacesOf(type, scene);
    return announced.type.scope === 'regional'
      ? [evaluatedAt(type, scene) ?? []].flat()
      : placesIn(type, scene.where.account, scene.place);
  };
  const lent = (facet: string) =>
    typeof announced.effect === 'string' || announced.effect.includes(facet);
  const ids = announced.ids === 'all' ? [undefined] : announced.ids;
  const borrowings = borrowingsBy(types).get(announced.type.type) ?? [];
  return onePerBorrowers(borrowings.filter(({ lender }) => lent(lender.facet))).flatMap(
    ({ type, facet, lender }) =>
      whereOf(type, lender).flatMap((where) =>
        ids.map((id) => ({
          ...sweepOf(type, [facet], where, cause),
          ...(id === undefined ? {} : { lender: { type: lender.type, facet: lender.facet, id } }),
        })),
      ),
  );
};

/** A message that has every resource of a type evaluated again. */
export const sweepOf = (
  type: AnyResourceType,
  facets: readonly string[] | 'all',
  { account, region }: Where,
  cause: Cause,
): TypeChange => ({
  version: 1,
  sweep: type.type,
  account,
  region,
  facets,
  cause,
});

/** The sweep of a type of which an event can be about any resource. */
const sweepOfAll = (one: Announced, where: Where, cause: Cause): TypeChange => {
  const facets = typeof one.effect === 'string' ? 'all' : one.effect;
  const sweep = sweepOf(one.type, facets, where, cause);
  if (!('with' in one) || cause.kind !== 'event') return sweep;
  return one.with === undefined
    ? { ...sweep, cause: { ...cause, reach: [] } }
    : { ...sweep, with: one.with };
};

const otherPlacesOf = (type: AnyResourceType, { where, place }: Scene): readonly Where[] =>
  placesIn(type, where.account, place).filter(({ region }) => region !== where.region);

/** The sweeps in the other regions of what an event changes in each. */
const sweepsElsewhere = (one: Announced, scene: Scene, cause: Cause) =>
  one.isEverywhere
    ? otherPlacesOf(one.type, scene).map((other) => sweepOfAll(one, other, cause))
    : [];

/** Sweeps of one type in one region for one lender are one sweep. */
const joined = (sweeps: readonly TypeChange[]): readonly TypeChange[] => {
  const known = new Map<string, TypeChange>();
  for (const sweep of sweeps) {
    const { cause } = sweep;
    const hides = cause.kind === 'event' && cause.hides;
    const { account, region, lender } = sweep;
    const key = JSON.stringify([sweep.sweep, account, region, lender, sweep.with, hides]);
    const before = known.get(key);
    known.set(key, before ? { ...before, facets: union(before.facets, sweep.facets) } : sweep);
  }
  return [...known.values()];
};

/** Turns what an event announced into changes, and into sweeps where no id is known or a facet is lent. */
export const changesFrom = (
  types: readonly AnyResourceType[],
  announced: readonly Announced[],
  scene: Scene,
  cause: Cause,
): ParsedEvent => {
  const heard = announced.flatMap((one) => {
    const { region = scene.where.region } = one;
    const at = { ...scene, where: { ...scene.where, region } };
    const where = isGoverned(at.where, scene.place) ? evaluatedAt(one.type, at) : undefined;
    return where ? [{ one, at, where, told: toldBy(one, cause) }] : [];
  });
  return {
    changes: heard.flatMap(({ one: { ids }, where, told }) =>
      ids === 'all'
        ? []
        : ids.flatMap((id) => told.map(([each, why]) => changeOf(each, id, where, why))),
    ),
    sweeps: joined(
      heard.flatMap(({ one, at, where, told }) => [
        ...(one.ids === 'all' ? told.map(([each, why]) => sweepOfAll(each, where, why)) : []),
        ...sweepsElsewhere(one, at, cause),
        ...borrowersOf(types, one, at, cause),
      ]),
    ),
  };
};
