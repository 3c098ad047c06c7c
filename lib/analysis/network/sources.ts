import { excludeCidr, parseCidr } from 'cidr-tools';

export const families = ['IPv4', 'IPv6'] as const;
export type Family = (typeof families)[number];

/** Addresses from one to another, both included. */
export interface Range {
  readonly first: bigint;
  readonly last: bigint;
}
/** A block of addresses. */
export interface Network extends Range {
  readonly family: Family;
  /** As it was written; the address need not be the first of the block (`10.0.0.5/8`). */
  readonly cidr: string;
  readonly prefix: number;
}

export const bits: Readonly<Record<Family, number>> = { IPv4: 32, IPv6: 128 };

const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const familyOf = (address: string): Family | undefined => {
  if (!address.includes(':')) return ipv4.test(address) ? 'IPv4' : undefined;
  // The host of a URL is the one strict reader of IPv6 addresses that the language has.
  return address === '::' || URL.canParse(`http://[${address}]`) ? 'IPv6' : undefined;
};

const prefixIn = (length: string): number | undefined =>
  /^\d{1,3}$/.test(length) ? Number(length) : undefined;

const parsed = (cidr: string): Network | undefined => {
  const slash = cidr.indexOf('/');
  const family = familyOf(slash === -1 ? cidr : cidr.slice(0, slash));
  if (!family) return undefined;
  const prefix = slash === -1 ? bits[family] : prefixIn(cidr.slice(slash + 1));
  if (prefix === undefined || prefix > bits[family]) return undefined;
  const { start, end } = parseCidr(cidr);
  return { family, cidr, prefix, first: start, last: end };
};

const known = new Map<string, Network | undefined>();
const mostKnown = 20_000;

/** Reads a block; `undefined` where it is none. A lone address is a block of one. */
export const networkOf = (cidr: string): Network | undefined => {
  if (!known.has(cidr)) {
    // The controls of a group read the same blocks one after another.
    if (known.size >= mostKnown) known.clear();
    known.set(cidr, parsed(cidr));
  }
  return known.get(cidr);
};

/** Blocks that are known to be some. */
export const networksOf = (cidrs: readonly string[]): readonly Network[] =>
  cidrs.flatMap((cidr) => networkOf(cidr) ?? []);

/** Blocks in order, those that touch joined. */
export const joinedRanges = (ranges: readonly Range[]): readonly Range[] => {
  const done: Range[] = [];
  for (const next of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = done.at(-1);
    if (!before || next.first > before.last + 1n) done.push(next);
    else if (next.last > before.last)
      done[done.length - 1] = { first: before.first, last: next.last };
  }
  return done;
};

/** The last of ordered ranges that begins at or before an address. */
const rangeBefore = (ranges: readonly Range[], address: bigint): Range | undefined => {
  let [from, to] = [0, ranges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ranges[middle]?.first ?? 0n) <= address) from = middle + 1;
    else to = middle;
  }
  return ranges[from - 1];
};

/** Tells whether every address of a network is in one of these blocks. */
export const within = (blocks: readonly Network[]): ((network: Network) => boolean) => {
  const joined = Object.fromEntries(
    families.map((family) => [family, joinedRanges(blocks.filter((one) => one.family === family))]),
  );
  return ({ family, first, last }) =>
    last <= (rangeBefore(joined[family] ?? [], first)?.last ?? -1n);
};

/**
 * Addresses of private networks (RFC 1918, RFC 6598, RFC 4193) and link-local ones. No packet has an address of
 * ::ffff:0:0/96 for its source: it is how a program is shown IPv4 (RFC 4291 2.5.5.2, and "not globally reachable" in
 * https://www.iana.org/assignments/iana-ipv6-special-registry).
 */
const privateCidrs: Readonly<Record<Family, string[]>> = {
  IPv4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
  IPv6: ['fc00::/7', 'fe80::/10', '::ffff:0:0/96'],
};
const privateNetworks = {
  IPv4: networksOf(privateCidrs.IPv4),
  IPv6: networksOf(privateCidrs.IPv6),
};
export const isPrivate = within(families.flatMap((family) => privateNetworks[family]));

const publicParts = new WeakMap<Network, readonly Network[]>();
/** The blocks of a network that are not private. */
export const publicPartsOf = (network: Network): readonly Network[] => {
  const { family, cidr } = network;
  const before = publicParts.get(network);
  if (before) return before;
  const holdsPrivate = privateNetworks[family].some(
    ({ first, last }) => network.first <= first && last <= network.last,
  );
  const some = holdsPrivate ? networksOf(excludeCidr(cidr, privateCidrs[family])) : [network];
  const parts = isPrivate(network) ? [] : some;
  publicParts.set(network, parts);
  return parts;
};

/** How much of all addresses of a family blocks hold, those that lie in one another counted once: from 0 to 1. */
export const shareOf = (family: Family, networks: readonly Network[]): number =>
  joinedRanges(networks.filter((network) => network.family === family)).reduce(
    (share, { first, last }) => share + Number(last - first + 1n) / 2 ** bits[family],
    0,
  );
