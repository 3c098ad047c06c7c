import type { Where } from '../../model/resource-type.ts';

// Of our own parts what is said where their types are not needed: whoever names one loads nothing of it.

/** Names of types. */
export const readerType = 'Plumbline::Reader';
export const memberType = 'Plumbline::Member';
export const governedRegionType = 'Plumbline::GovernedRegion';
export const switchType = 'Plumbline::Switch';
export const breakersType = 'Plumbline::Breakers';

/** Where the table keeps what is known of each region. */
export const regionsKey = 'regions';
/** Where that is kept of one region, and its id as a resource. */
export const regionId = ({ account, region }: Where): string => `${account}/${region}`;
