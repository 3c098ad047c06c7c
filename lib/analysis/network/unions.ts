import { excludeCidr } from 'cidr-tools';
import { Coverage } from './coverage.ts';
import {
  bits,
  type Family,
  type Network,
  networksOf,
  publicPartsOf,
  type Range,
} from './sources.ts';

/** Networks that let outsiders in only together: where they cover enough of a target. */
export interface Union {
  /** Those that can have a part in it. */
  readonly networks: readonly Network[];
  /** Ordered, none in another. */
  readonly target: readonly Range[];
  /** The least share of the target that lets outsiders in. */
  readonly enough: number;
  /** Whether a network counts as the cause; what is as narrow as a named source is none. */
  isCause(network: Network): boolean;
}

/** A union, ready to be covered network by network. */
export interface Covering {
  readonly isHeld: () => boolean;
  readonly change: (network: Network, by: 1 | -1) => void;
}

const overlapOf = (range: Range, targets: readonly Range[], from: number): number => {
  const target = targets[from];
  return target && target.first <= range.first && range.last <= target.last
    ? Number(range.last - range.first + 1n)
    : 0;
};

/** Cuts addresses wherever a network or a part of the target begins or ends. */
export const coveringOf = ({ networks, target, enough }: Union): Covering => {
  const edges = new Set([...networks, ...target].flatMap(({ first, last }) => [first, last + 1n]));
  const cuts = [...edges].toSorted((a, b) => (a < b ? -1 : 1));
  const at = new Map(cuts.map((cut, index) => [cut, index]));
  let inTarget = 0;
  const weights = cuts.slice(0, -1).map((first, index) => {
    while ((target[inTarget]?.last ?? first) < first) inTarget++;
    return overlapOf({ first, last: (cuts[index + 1] ?? first) - 1n }, target, inTarget);
  });
  const coverage = new Coverage(weights);
  const least = coverage.total * enough;
  return {
    isHeld: () => coverage.covered >= least,
    change: ({ first, last }, by) =>
      coverage.change(at.get(first) ?? 0, at.get(last + 1n) ?? 0, by),
  };
};

/** Whether these networks of a union hold it, all of them together. */
export const isHeldBy = (union: Union, networks: readonly Network[]): boolean => {
  const covering = coveringOf(union);
  for (const network of networks) covering.change(network, 1);
  return covering.isHeld();
};

// https://www.iana.org/assignments/iana-ipv4-special-registry: what is not routed on the internet.
const notRouted = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
];
/** The internet: of IPv6, the half of the global unicast space that IANA has allocated from so far. */
export const internet: Readonly<Record<Family, readonly Network[]>> = {
  IPv4: networksOf(excludeCidr('0.0.0.0/0', notRouted)).toSorted((a, b) =>
    a.first < b.first ? -1 : 1,
  ),
  IPv6: networksOf(['2000::/4']),
};
// Rules that let in all of the internet but a small part are as good as one that lets in everything.
const mayLack = 1 / 128;
const sizeOf = (networks: readonly Network[], family: Family): number => {
  let size = 0;
  for (const one of networks) if (one.family === family) size += 2 ** (bits[family] - one.prefix);
  return size;
};
const leastOfInternet: Readonly<Record<Family, number>> = {
  IPv4: sizeOf(internet.IPv4, 'IPv4') * (1 - mayLack),
  IPv6: sizeOf(internet.IPv6, 'IPv6') * (1 - mayLack),
};
/** A network this narrow may be somebody's: no provider gives a customer of his more. */
export const narrowest: Readonly<Record<Family, number>> = { IPv4: 16, IPv6: 32 };
export const isSlice = ({ family, prefix }: Network): boolean => prefix < narrowest[family];

/** The internet as networks of one family can hold it together; `undefined` where they are too small for that. */
export const unionOfInternet = (
  family: Family,
  networks: readonly Network[],
): Union | undefined => {
  const least = leastOfInternet[family];
  if (sizeOf(networks, family) < least) return undefined;
  const some = [...new Set(networks)].filter(
    (one) => one.family === family && publicPartsOf(one).length > 0,
  );
  if (sizeOf(some, family) < least) return undefined;
  // Thousands of narrow ones could hold it by themselves; then there is no telling them apart.
  const isByNarrow =
    sizeOf(
      some.filter((one) => !isSlice(one)),
      family,
    ) >= least;
  return {
    networks: some,
    target: internet[family],
    enough: 1 - mayLack,
    isCause: (network) => isByNarrow || isSlice(network),
  };
};

/** Whether the networks of one family hold the internet, together. */
export const holdInternet = (family: Family, networks: readonly Network[]): boolean => {
  if (networks.some((network) => network.family === family && network.prefix === 0)) return true;
  const union = unionOfInternet(family, networks);
  return union !== undefined && isHeldBy(union, union.networks);
};

/** The public blocks that are one step too wide, each as networks that are not can make it up together. */
export const unionsOfWideBlocks = (
  family: Family,
  prefix: number,
  networks: readonly Network[],
): readonly Union[] => {
  const blocks = new Map<bigint, Set<Network>>();
  const shift = BigInt(bits[family] - prefix + 1);
  for (const part of new Set(networks.flatMap(publicPartsOf))) {
    if (part.family !== family || part.prefix < prefix) continue;
    const block = part.first >> shift;
    const parts = blocks.get(block) ?? new Set();
    blocks.set(block, parts.add(part));
  }
  return [...blocks]
    .filter(([, parts]) => sizeOf([...parts], family) >= 2 ** Number(shift))
    .map(([block, parts]) => ({
      networks: [...parts],
      target: [{ first: block << shift, last: ((block + 1n) << shift) - 1n }],
      enough: 1,
      isCause: () => true,
    }));
};
