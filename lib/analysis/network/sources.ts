import { containsCidr, excludeCidr, overlapCidr, parseCidr } from 'cidr-tools';

export const families = ['IPv4', 'IPv6'] as const;
export type Family = (typeof families)[number];
/** A block of addresses. */
export interface Network {
  readonly family: Family;
  /** As it was written; the address need not be the first of the block (`10.0.0.5/8`). */
  readonly cidr: string;
  readonly prefix: number;
}

const bits: Readonly<Record<Family, number>> = { IPv4: 32, IPv6: 128 };

/** ::ffff:0:0/96 holds the IPv4 addresses, the way a socket for both families shows them. */
const unmapped = (network: Network): Network => {
  if (network.prefix < 96 || !/ffff/i.test(network.cidr)) return network;
  const { start } = parseCidr(network.cidr);
  if (start >> 32n !== 0xffffn) return network;
  const bytes = [24n, 16n, 8n, 0n].map((shift) => Number((start >> shift) & 0xffn));
  const prefix = network.prefix - 96;
  return { family: 'IPv4', cidr: `${bytes.join('.')}/${prefix}`, prefix };
};

const ipv4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const familyOf = (address: string): Family | undefined => {
  if (!address.includes(':')) return ipv4.test(address) ? 'IPv4' : undefined;
  // The host of a URL is the one strict reader of IPv6 addresses that the language has.
  return address === '::' || URL.canParse(`http://[${address}]`) ? 'IPv6' : undefined;
};

const prefixIn = (length: string): number | undefined =>
  /^\d{1,3}$/.test(length) ? Number(length) : undefined;

/** Reads a block; `undefined` where it is none. A lone address is a block of one. */
export const networkOf = (cidr: string): Network | undefined => {
  const slash = cidr.indexOf('/');
  const family = familyOf(slash === -1 ? cidr : cidr.slice(0, slash));
  if (!family) return undefined;
  const prefix = slash === -1 ? bits[family] : prefixIn(cidr.slice(slash + 1));
  if (prefix === undefined || prefix > bits[family]) return undefined;
  return family === 'IPv4' ? { family, cidr, prefix } : unmapped({ family, cidr, prefix });
};

/** How much of all addresses blocks hold that do not overlap, from 0 to 1. */
const shareOf = (cidrs: readonly string[]): number =>
  cidrs.reduce((share, cidr) => share + 2 ** -Number(cidr.slice(cidr.indexOf('/') + 1)), 0);

// https://www.iana.org/assignments/iana-ipv4-special-registry: what is not routed on the internet.
const notRouted = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** The internet: of IPv6, the half of the global unicast space that IANA has allocated from so far. */
const internet: Readonly<Record<Family, readonly string[]>> = {
  IPv4: excludeCidr('0.0.0.0/0', notRouted),
  IPv6: ['2000::/4'],
};
// Rules that let in all of the internet but a small part are as good as one that lets in everything.
const mayLack = 1 / 128;
const shareOfInternet: Readonly<Record<Family, number>> = {
  IPv4: shareOf(internet.IPv4),
  IPv6: shareOf(internet.IPv6),
};

/** Whether the blocks of one family hold the internet, together. Their sizes are weighed before their addresses. */
export const holdInternet = (family: Family, networks: readonly Network[]): boolean => {
  let share = 0;
  for (const network of networks) {
    if (network.family !== family) continue;
    if (network.prefix === 0) return true;
    share += 2 ** -network.prefix;
  }
  if (share < shareOfInternet[family] * (1 - mayLack)) return false;
  const cidrs = networks.filter((network) => network.family === family).map(({ cidr }) => cidr);
  const lacking = shareOf(excludeCidr([...internet[family]], cidrs));
  return lacking <= shareOfInternet[family] * mayLack;
};

/** Addresses of private networks (RFC 1918, RFC 6598, RFC 4193) and link-local ones. */
const privateNetworks: Readonly<Record<Family, string[]>> = {
  IPv4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'],
  IPv6: ['fc00::/7', 'fe80::/10'],
};

const known = new WeakMap<Network, boolean>();
export const isPrivate = (network: Network): boolean => {
  const before = known.get(network);
  if (before !== undefined) return before;
  const answer = containsCidr(privateNetworks[network.family], network.cidr);
  known.set(network, answer);
  return answer;
};

/** Whether every address of a network is in one of these blocks. */
export const isWithin = ({ cidr }: Network, blocks: string[]): boolean =>
  containsCidr(blocks, cidr) || excludeCidr(cidr, blocks).length === 0;

/** Whether a network has an address in one of these blocks. */
export const reaches = ({ cidr }: Network, blocks: string[]): boolean => overlapCidr(blocks, cidr);

/** The blocks of one family with a prefix shorter than `prefix` that networks make up together, without private ones. */
export const widePublicBlocks = (
  family: Family,
  prefix: number,
  networks: readonly Network[],
): string[] => {
  const cidrs: string[] = [];
  let share = 0;
  for (const network of networks) {
    if (network.family !== family || isPrivate(network)) continue;
    cidrs.push(network.cidr);
    share += 2 ** -network.prefix;
  }
  // Less than the smallest block that is too wide cannot hold one.
  if (share < 2 ** (1 - prefix)) return [];
  const blocks = excludeCidr(cidrs, privateNetworks[family]);
  return blocks.filter((block) => Number(block.slice(block.indexOf('/') + 1)) < prefix);
};
