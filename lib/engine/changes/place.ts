import type { AnyResourceType, Where } from '../../model/resource-type.ts';

/** What is governed: regions of an account. */
export interface Place {
  readonly account: string;
  /** Where Plumbline stands, and where all that is not regional is evaluated. */
  readonly homeRegion: string;
  /** The home region is one of them. */
  readonly regions: readonly string[];
}
/** Where something was heard of, and what is governed. */
export interface Scene {
  readonly where: Where;
  readonly place: Place;
}

export const homeOf = ({ account, homeRegion }: Place): Where => ({ account, region: homeRegion });

/** Each governed region, the home region first. */
export const governedOf = ({ account, homeRegion, regions }: Place): readonly Where[] =>
  [...new Set([homeRegion, ...regions])].map((region) => ({ account, region }));

/** Whether something is of a governed region. */
export const isGoverned = ({ account, region }: Where, place: Place): boolean =>
  account === place.account && place.regions.includes(region);

/** Where resources of a type are evaluated that something there tells of; nowhere, if it cannot know of them. */
export const evaluatedAt = (
  { scope }: Pick<AnyResourceType, 'scope'>,
  { where, place }: Scene,
): Where | undefined => {
  if (scope === 'regional') return where;
  const home = homeOf(place);
  return scope === 'account' || where.region === home.region ? home : undefined;
};

/** Every place where resources of a type are evaluated. */
export const placesOf = (
  { scope }: Pick<AnyResourceType, 'scope'>,
  place: Place,
): readonly Where[] => (scope === 'regional' ? governedOf(place) : [homeOf(place)]);
