import type { AclRule, Ports, Route, Traffic } from '../../model/ways-in.ts';
import { everyPort, joined, protocolOf } from './ports.ts';
import { type Family, type Network, networkOf, type Range } from './sources.ts';

/** What stands in one place before something that listens. */
export interface Filter {
  readonly family: Family;
  /** From whom it is asked: ordered, none in another. */
  readonly sources: readonly Range[];
  /** Where an answer goes. @default - it finds its way */
  readonly routes?: readonly Route[];
  readonly admits: readonly Traffic[];
  readonly entries: readonly AclRule[];
  /** On what is listened. @default - every port */
  readonly ports?: readonly Ports[] | undefined;
}

/** Addresses from which something comes through, all on the same ports, and where their answers go. */
export interface Opening extends Range {
  /** `tcp`, `udp`, or a number of IANA's. */
  readonly protocol: string;
  /** Absent where the protocol has none. */
  readonly ports?: readonly Ports[];
  /** The id of what the route leads to; `undefined` where no route was asked for, or there is none. */
  readonly to: string | undefined;
}

/** With its block read, and its protocol as a name. */
interface Known<T extends Traffic> {
  readonly rule: T;
  readonly protocol: string;
  readonly network: Network;
}
const knownOf = <T extends Traffic>(rules: readonly T[], family: Family): readonly Known<T>[] =>
  rules.flatMap((rule) => {
    const network = networkOf(rule.cidr);
    return network?.family === family ? [{ rule, protocol: protocolOf(rule), network }] : [];
  });

const holds = ({ first, last }: Range, address: bigint): boolean =>
  first <= address && address <= last;

/** The parts of the sources between all edges of blocks: what is so for one address of a part is so for all. */
const partsOf = (sources: readonly Range[], blocks: readonly Range[]): readonly Range[] => {
  const edges = new Set(blocks.flatMap(({ first, last }) => [first, last + 1n]));
  const cuts = [...edges].toSorted((a, b) => (a < b ? -1 : 1));
  return sources.flatMap(({ first, last }) => {
    const inside = cuts.filter((cut) => first < cut && cut <= last);
    return [first, ...inside].map((from, index) => ({
      first: from,
      last: (inside[index] ?? last + 1n) - 1n,
    }));
  });
};

/** https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#route-tables-priority: the longest prefix wins. */
const targetFor = (
  routes: readonly { readonly network: Network; readonly to: string }[],
  address: bigint,
): string | undefined => {
  let best: (typeof routes)[number] | undefined;
  for (const route of routes)
    if (holds(route.network, address) && route.network.prefix >= (best?.network.prefix ?? -1))
      best = route;
  return best?.to;
};

const concerns = ({ protocol }: { readonly protocol: string }, asked: string): boolean =>
  protocol === '-1' || protocol === asked;

/** Of every protocol, or of one that has no ports, a rule is about all of them. */
const portsIn = ({ rule, protocol }: Known<Traffic>): Ports =>
  protocol === '-1' ? everyPort : (rule.ports ?? everyPort);

/** The ports of a range that an ACL lets through: of the entries that match a port, the first decides. */
const allowedBy = (entries: readonly Known<AclRule>[], wanted: readonly Ports[]) => {
  const edges = new Set(
    [...wanted, ...entries.map(portsIn)].flatMap(({ from, to }) => [from, to + 1]),
  );
  const cuts = [...edges].toSorted((a, b) => a - b);
  const some = cuts
    .slice(0, -1)
    .map((from, index) => ({ from, to: (cuts[index + 1] ?? from) - 1 }));
  return joined(
    some.filter(
      ({ from }) =>
        wanted.some((one) => one.from <= from && from <= one.to) &&
        entries.find((one) => portsIn(one).from <= from && from <= portsIn(one).to)?.rule.isAllowed,
    ),
  );
};

/**
 * Answers go to the port that the client took; systems take them from 1024 on:
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const ephemeral: readonly Ports[] = [{ from: 1024, to: 65_535 }];

const common = (some: readonly Ports[], others: readonly Ports[]): readonly Ports[] =>
  joined(
    some.flatMap((one) =>
      others.flatMap((other) => {
        const both = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
        return both.from <= both.to ? [both] : [];
      }),
    ),
  );

/** Messages about the network, on which nothing listens. */
const ofNetwork = ['icmp', 'icmpv6'];
const withPorts = ['tcp', 'udp'];

const protocolsIn = (all: readonly { readonly protocol: string }[]): readonly string[] => [
  ...withPorts,
  ...new Set(
    all
      .map(({ protocol }) => protocol)
      .filter((one) => one !== '-1' && ![...withPorts, ...ofNetwork].includes(one)),
  ),
];

/** From whom, and on which ports, something comes through and is answered. */
export const openingsOf = (filter: Filter): readonly Opening[] => {
  const { family, sources, ports = [everyPort] } = filter;
  const admits = knownOf(filter.admits, family);
  const entries = knownOf(filter.entries, family).toSorted(
    ({ rule: a }, { rule: b }) => a.number - b.number,
  );
  const routes = filter.routes?.flatMap(({ cidr, to }) => {
    const network = networkOf(cidr);
    return network?.family === family ? [{ network, to }] : [];
  });
  const protocols = protocolsIn([...admits, ...entries]);
  const blocks = [...admits, ...entries, ...(routes ?? [])].map(({ network }) => network);
  return partsOf(sources, blocks).flatMap((part) => {
    const { first } = part;
    const to = routes && targetFor(routes, first);
    if (routes && to === undefined) return [];
    const admitting = admits.filter(({ network }) => holds(network, first));
    const deciding = entries.filter(({ network }) => holds(network, first));
    return protocols.flatMap((protocol): readonly Opening[] => {
      const admitted = joined(admitting.filter((one) => concerns(one, protocol)).map(portsIn));
      if (admitted.length === 0) return [];
      const of = (isEgress: boolean) =>
        deciding.filter((one) => one.rule.isEgress === isEgress && concerns(one, protocol));
      const hasPorts = withPorts.includes(protocol);
      const inward = allowedBy(of(false), hasPorts ? common(admitted, ports) : [everyPort]);
      const outward = allowedBy(of(true), hasPorts ? ephemeral : [everyPort]);
      if (inward.length === 0 || outward.length === 0) return [];
      return [{ ...part, protocol, to, ...(hasPorts ? { ports: inward } : {}) }];
    });
  });
};
