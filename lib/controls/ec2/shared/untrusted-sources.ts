import {
  type Family,
  families,
  isPrivate,
  type Network,
  networksOf,
  publicPartsOf,
  within,
} from '../../../analysis/network/sources.ts';
import {
  holdInternet,
  isHeldBy,
  isSlice,
  unionOfInternet,
  unionsOfWideBlocks,
} from '../../../analysis/network/unions.ts';
import { namedIn } from '../../../support/named-in.ts';
import type { PortRule, UntrustedSources } from './port-rules.ts';

/** Anybody on the internet, over either family or the one named. */
export const anybody = (family?: Family): UntrustedSources => {
  const over = family === undefined ? families : [family];
  return {
    name: family === undefined ? 'the internet' : `the internet over ${family}`,
    reach: ({ networks }) => over.some((each) => holdInternet(each, networks)),
    isTheirs: (network) => over.includes(network.family) && isSlice(network),
    unions: (networks) => over.flatMap((each) => unionOfInternet(each, networks) ?? []),
    // What is left of the internet when one slice of it is closed is still most of the internet.
    closes: 'all',
  };
};

/** Sources that come in by each network of theirs. */
const byNetworks = (isTheirs: (network: Network) => boolean) => ({
  isTheirs,
  reach: ({ networks }: PortRule) => networks.some(isTheirs),
});

/** Anybody but members of security groups and hosts of private networks or of those named. */
export const beyondPrivate = (named: readonly string[]): UntrustedSources => {
  const isNamed = within(networksOf(named));
  return {
    name: 'more than security groups and private networks',
    ...byNetworks((network) => !isPrivate(network) && !isNamed(network)),
  };
};

/** Anybody but the networks, prefix lists (`pl-…`) and security groups (`sg-…`) named. */
export const beyondNamed = (named: readonly string[]): UntrustedSources => {
  const isNamed = within(networksOf(named));
  const byNetwork = byNetworks((network) => !isNamed(network));
  return {
    name: 'more than the sources named',
    trusts: (peer) => peer.kind !== 'network' && named.includes(peer.id),
    isTheirs: byNetwork.isTheirs,
    reach: (portRule) => portRule.rule.peer.kind === 'group' || byNetwork.reach(portRule),
  };
};

/** Public networks wider than a prefix; what is in the prefix lists that AWS keeps is not for us to choose. */
export const wideNetworks = (
  prefixes: Readonly<Record<Family, number>>,
  listOwners: Readonly<Record<string, string>>,
): UntrustedSources => {
  const isWide = (network: Network): boolean =>
    publicPartsOf(network).some(({ family, prefix }) => prefix < prefixes[family]);
  const unions = (networks: readonly Network[]) =>
    families.flatMap((family) => unionsOfWideBlocks(family, prefixes[family], networks));
  return {
    name: `public networks wider than /${prefixes.IPv4} (IPv4) or /${prefixes.IPv6} (IPv6)`,
    trusts: (peer) => peer.kind === 'prefixList' && namedIn(listOwners, peer.id) === 'AWS',
    isTheirs: isWide,
    reach: ({ networks }) =>
      networks.some(isWide) || unions(networks).some((union) => isHeldBy(union, union.networks)),
    unions,
    // Each of the networks may be let in by itself, so as many stay as may.
    closes: 'excess',
  };
};
