import {
  type Family,
  families,
  holdInternet,
  isPrivate,
  isWithin,
  type Network,
  networkOf,
  reaches,
  widePublicBlocks,
} from '../../../analysis/network/sources.ts';
import type { Door, Outsiders } from './open-ports.ts';

const networksOf = (doors: readonly Door[]): readonly Network[] =>
  doors.flatMap(({ networks }) => networks);

/** Anybody on the internet, over either family or the one named. */
export const anybody = (family?: Family): Outsiders => {
  const over = family === undefined ? families : [family];
  return {
    name: family === undefined ? 'the internet' : `the internet over ${family}`,
    enter: ({ networks }) => over.some((each) => holdInternet(each, networks)),
    enterTogether(doors) {
      const networks = networksOf(doors);
      const open = over.filter((each) => holdInternet(each, networks));
      if (open.length === 0) return [];
      const isPart = (network: Network) => open.includes(network.family) && !isPrivate(network);
      return doors.filter((door) => door.networks.some(isPart));
    },
  };
};

const blocksIn = (named: readonly string[]): string[] =>
  named.flatMap((name) => networkOf(name)?.cidr ?? []);

/** Anybody but members of security groups and hosts of private networks or of those named. */
export const beyondPrivate = (named: readonly string[]): Outsiders => {
  const blocks = blocksIn(named);
  return {
    name: 'more than security groups and private networks',
    enter: ({ networks }) =>
      networks.some((network) => !isPrivate(network) && !isWithin(network, blocks)),
  };
};

/** Anybody but the networks, prefix lists (`pl-…`) and security groups (`sg-…`) named. */
export const beyondNamed = (named: readonly string[]): Outsiders => {
  const blocks = blocksIn(named);
  return {
    name: 'more than the sources named',
    welcome: (peer) => peer.kind !== 'network' && named.includes(peer.id),
    enter: ({ rule, networks }) =>
      rule.peer.kind === 'group' || networks.some((network) => !isWithin(network, blocks)),
  };
};

/** Public networks wider than a prefix; what is in the prefix lists that AWS keeps is not for us to choose. */
export const wideNetworks = (
  prefixes: Readonly<Record<Family, number>>,
  listOwners: Readonly<Record<string, string>>,
): Outsiders => {
  const wideAmong = (networks: readonly Network[]) =>
    families.flatMap((family) => widePublicBlocks(family, prefixes[family], networks));
  return {
    name: `public networks wider than /${prefixes.IPv4} (IPv4) or /${prefixes.IPv6} (IPv6)`,
    welcome: (peer) => peer.kind === 'prefixList' && listOwners[peer.id] === 'AWS',
    enter: ({ networks }) => wideAmong(networks).length > 0,
    enterTogether(doors) {
      const blocks = wideAmong(networksOf(doors));
      if (blocks.length === 0) return [];
      return doors.filter(({ networks }) => networks.some((network) => reaches(network, blocks)));
    },
  };
};
