import type { AnyResourceType, Where } from '../../model/resource-type.ts';

/** What is governed: regions of an account, and of its members. */
export interface Place {
  /** Where Plumbline stands. */
  readonly account: string;
  /** Where Plumbline stands, and where all that is not regional is evaluated. */
  readonly homeRegion: string;
  /** The home region is one of them. */
  readonly regions: readonly string[];
  /** Other accounts whose resources are evaluated, in the same regions. @default [] */
  readonly members?: readonly string[];
  /** Those of them where something may be put right. @default [] */
  readonly remediated?: readonly string[];
}
/** Where something was heard of, and what is governed. */
export interface Scene {
  readonly where: Where;
  readonly place: Place;
}

type Scoped = Pick<AnyResourceType, 'scope'>;

export const homeOf = ({ account, homeRegion }: Place): Where => ({ account, region: homeRegion });

/** Whether something is of another account than that where Plumbline stands: what is done there takes a role there. */
export const isAway = ({ account }: Pick<Where, 'account'>, place: Pick<Place, 'account'>) =>
  account !== place.account;

/** Whether something may be put right there: in the account of Plumbline, and where the baseline says so. */
export const isRemediated = (
  { account }: Pick<Where, 'account'>,
  { account: own, remediated = [] }: Pick<Place, 'account' | 'remediated'>,
): boolean => account === own || remediated.includes(account);

/** The home region alone, of the account of Plumbline alone. */
export const onlyHome = ({ account, homeRegion }: Place): Place => ({
  account,
  homeRegion,
  regions: [homeRegion],
});

/** Each governed account, that of Plumbline first. */
const accountsOf = ({ account, members = [] }: Place): readonly string[] => [
  ...new Set([account, ...members]),
];

/** Each governed region of each account, the home region first. */
export const governedOf = (place: Place): readonly Where[] =>
  accountsOf(place).flatMap((account) =>
    [...new Set([place.homeRegion, ...place.regions])].map((region) => ({ account, region })),
  );

export const isOfGovernedAccount = ({ account }: Where, place: Place): boolean =>
  accountsOf(place).includes(account);

/** Whether something is of a governed region of a governed account. */
export const isGoverned = (where: Where, place: Place): boolean =>
  isOfGovernedAccount(where, place) && place.regions.includes(where.region);

/** Where resources of a type are evaluated that something there tells of; nowhere, if it cannot know of them. */
export const evaluatedAt = ({ scope }: Scoped, { where, place }: Scene): Where | undefined => {
  if (scope === 'regional') return where;
  if (scope === 'home' && isAway(where, place)) return undefined;
  const home = { account: where.account, region: place.homeRegion };
  return scope === 'account' || where.region === home.region ? home : undefined;
};

/** Every place of one account where resources of a type are evaluated. */
export const placesIn = (
  { scope }: Scoped,
  account: string,
  { account: own, homeRegion, regions }: Place,
): readonly Where[] => {
  if (scope === 'regional') return governedOf({ account, homeRegion, regions });
  return scope === 'home' && account !== own ? [] : [{ account, region: homeRegion }];
};
