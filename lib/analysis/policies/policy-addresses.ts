import {
  type Family,
  families,
  type Network,
  networkOf,
  publicPartsOf,
  shareOf,
} from '../network/sources.ts';

/** Whom of the public something lets through: `nobody`, callers from these addresses, or `anybody`. */
export type Reach = 'nobody' | 'anybody' | readonly Network[];

const mapped = 0xffffn;

/** A range of aws:SourceIp; an IPv4 one may be written as mapped to IPv6. `undefined` where it is none. */
export const addressesOf = (value: string): Network | undefined => {
  const network = networkOf(value);
  if (network?.family !== 'IPv6' || network.prefix < 96 || network.first >> 32n !== mapped)
    return network;
  const bytes = [24n, 16n, 8n, 0n].map((shift) => (network.first >> shift) & 0xffn);
  return networkOf(`${bytes.join('.')}/${network.prefix - 96}`);
};

/** Ranges broader than /8 (IPv4) or /32 (IPv6) are public, but for private ones ("The meaning of public", S3 user guide). */
const most: Readonly<Record<Family, number>> = { IPv4: 2 ** -8, IPv6: 2 ** -32 };

/** Whether ranges are broader than that all together: 256 ranges of a /8 are everybody. */
export const areMany = (ranges: readonly (Network | undefined)[]): boolean => {
  const known = ranges.filter((range) => range !== undefined);
  const parts = known.flatMap(publicPartsOf);
  return (
    known.length < ranges.length || families.some((family) => shareOf(family, parts) > most[family])
  );
};

export const isPublicReach = (reach: Reach): boolean =>
  reach === 'anybody' || (reach !== 'nobody' && areMany(reach));

const sizeOf = (networks: readonly Network[]): number =>
  families.reduce(
    (size, family) => size + shareOf(family, networks.flatMap(publicPartsOf)) / most[family],
    0,
  );

/** How many of the public are let through, for comparison alone: below 0 for nobody. */
export const measureOf = (reach: Reach): number => {
  if (reach === 'nobody') return -1;
  return reach === 'anybody' ? Number.POSITIVE_INFINITY : sizeOf(reach);
};

/** Whom both let through, or, of two lists of addresses, those of the shorter: they are surely not fewer. */
export const least = (one: Reach, other: Reach): Reach => {
  if (one === 'nobody' || other === 'anybody') return one;
  if (one === 'anybody' || other === 'nobody') return other;
  return sizeOf(one) <= sizeOf(other) ? one : other;
};

/** The addresses in these, those of a list that is there several times once. */
export const addressesIn = (reaches: readonly Reach[]): readonly Network[] =>
  [...new Set(reaches)].flatMap((reach) => (typeof reach === 'string' ? [] : reach));

/** Whom either lets through. */
export const either = (one: Reach, other: Reach): Reach => {
  if (one === 'anybody' || other === 'anybody') return 'anybody';
  if (one === 'nobody') return other;
  return other === 'nobody' ? one : [...one, ...other];
};
