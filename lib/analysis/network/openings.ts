import type { AclRule, Ports, Route, Traffic } from '../../model/ways-in.ts';
import { commonOf, everyPort, joined, meets, protocolOf, single } from './ports.ts';
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

/** How much may still be looked at: whoever writes rules and routes decides how much there is. Below 0 it was too much. */
export interface Effort {
  left: number;
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

/** A block that holds an address, on those that hold the block itself. */
interface Holding<T> {
  readonly item: T;
  readonly within: Holding<T> | undefined;
}
/**
 * What holds an address, the narrowest first; asked of ever higher ones. Blocks are within each other or apart, so each is
 * put on what holds it and taken off once: what holds one address may be all of them, and is walked once a block.
 */
const holdersOf = <T extends { readonly network: Network }>(items: readonly T[]) => {
  const sorted = items.toSorted(
    ({ network: a }, { network: b }) =>
      (a.first < b.first ? -1 : a.first > b.first ? 1 : 0) || a.prefix - b.prefix,
  );
  let next = 0;
  let top: Holding<T> | undefined;
  const leave = (address: bigint): void => {
    while (top && top.item.network.last < address) top = top.within;
  };
  return (address: bigint): Holding<T> | undefined => {
    for (let item = sorted[next]; item && item.network.first <= address; item = sorted[++next]) {
      leave(item.network.first);
      top = { item, within: top };
    }
    leave(address);
    return top;
  };
};
const itemsIn = <T>(top: Holding<T> | undefined): readonly T[] => {
  const items: T[] = [];
  for (let one = top; one; one = one.within) items.push(one.item);
  return items;
};

/** The parts of the sources between all edges of blocks: what is so for one address of a part is so for all. */
const partsOf = (sources: readonly Range[], blocks: readonly Range[]): readonly Range[] => {
  const edges = new Set(blocks.flatMap(({ first, last }) => [first, last + 1n]));
  const cuts = [...edges].toSorted((a, b) => (a < b ? -1 : 1));
  let next = 0;
  return sources.flatMap(({ first, last }) => {
    while ((cuts[next] ?? first + 1n) <= first) next++;
    const from = next;
    while ((cuts[next] ?? last + 1n) <= last) next++;
    const inside = cuts.slice(from, next);
    return [first, ...inside].map((start, index) => ({
      first: start,
      last: (inside[index] ?? last + 1n) - 1n,
    }));
  });
};

const concerns = ({ protocol }: { readonly protocol: string }, asked: string): boolean =>
  protocol === '-1' || protocol === asked;

/** Of every protocol, or of one that has no ports, a rule is about all of them. */
const portsIn = ({ rule, protocol }: Known<Traffic>): Ports =>
  protocol === '-1' ? everyPort : (rule.ports ?? everyPort);

/**
 * The ports that an ACL lets through: of the entries that match a port, the first decides.
 *
 * @param wanted ordered, none of which touches another
 */
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
        meets(wanted, single(from)) &&
        entries.find((one) => portsIn(one).from <= from && from <= portsIn(one).to)?.rule.isAllowed,
    ),
  );
};

/**
 * Answers go to the port that the client took; systems take them from 1024 on:
 * https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const ephemeral: readonly Ports[] = [{ from: 1024, to: 65_535 }];

/** @param some ordered, none of which touches another */
const common = (some: readonly Ports[], others: readonly Ports[]): readonly Ports[] =>
  joined(others.flatMap((one) => commonOf(some, one)));

/** Messages about the network, on which nothing listens. */
const ofNetwork = ['icmp', 'icmpv6'];
const withPorts = ['tcp', 'udp'];

/** There are 256; of those without ports so many are looked at. */
const mostOthers = 5;

/** Those with ports, and of the others what is let in from the widest blocks. */
const protocolsIn = (admits: readonly Known<Traffic>[]): readonly string[] => {
  const widestFirst = admits.toSorted(({ network: a }, { network: b }) => a.prefix - b.prefix);
  const others = new Set(
    widestFirst
      .map(({ protocol }) => protocol)
      .filter((one) => one !== '-1' && ![...withPorts, ...ofNetwork].includes(one)),
  );
  return [...withPorts, ...[...others].slice(0, mostOthers)];
};

type Let = Pick<Opening, 'protocol' | 'ports'>;

/** What these rules admit, these entries let in, and out again. */
const letIn = (
  admitting: readonly Known<Traffic>[],
  deciding: readonly Known<AclRule>[],
  protocols: readonly string[],
  ports: readonly Ports[],
): readonly Let[] =>
  protocols.flatMap((protocol): readonly Let[] => {
    const admitted = joined(admitting.filter((one) => concerns(one, protocol)).map(portsIn));
    if (admitted.length === 0) return [];
    const of = (isEgress: boolean) =>
      deciding.filter((one) => one.rule.isEgress === isEgress && concerns(one, protocol));
    const hasPorts = withPorts.includes(protocol);
    const inward = allowedBy(of(false), hasPorts ? common(admitted, ports) : [everyPort]);
    const outward = allowedBy(of(true), hasPorts ? ephemeral : [everyPort]);
    if (inward.length === 0 || outward.length === 0) return [];
    return [{ protocol, ...(hasPorts ? { ports: inward } : {}) }];
  });

/** The same, once for what the same rules and the same entries hold. */
const createLetIn = (protocols: readonly string[], ports: readonly Ports[], effort: Effort) => {
  type Admitting = Holding<Known<Traffic>> | undefined;
  type Deciding = Holding<Known<AclRule>> | undefined;
  const known = new Map<Admitting, Map<Deciding, readonly Let[]>>();
  return (admitting: Admitting, deciding: Deciding): readonly Let[] => {
    const same = known.get(admitting) ?? new Map<Deciding, readonly Let[]>();
    known.set(admitting, same);
    const before = same.get(deciding);
    if (before) return before;
    const inOrder = itemsIn(deciding).toSorted((a, b) => a.rule.number - b.rule.number);
    const rules = itemsIn(admitting);
    effort.left -= protocols.length * (rules.length + inOrder.length);
    const found = letIn(rules, inOrder, protocols, ports);
    same.set(deciding, found);
    return found;
  };
};

/** From whom, and on which ports, something comes through and is answered; as far as the effort goes. */
export const openingsOf = (filter: Filter, effort: Effort): readonly Opening[] => {
  const { family, sources, ports = [everyPort] } = filter;
  if (effort.left < 0) return [];
  const admits = knownOf(filter.admits, family);
  const entries = knownOf(filter.entries, family);
  const routes = filter.routes?.flatMap(({ cidr, to }) => {
    const network = networkOf(cidr);
    return network?.family === family ? [{ network, to }] : [];
  });
  const all = [...admits, ...entries];
  const blocks = [...all, ...(routes ?? [])].map(({ network }) => network);
  const [admitsAt, entriesAt] = [holdersOf(admits), holdersOf(entries)];
  const routesAt = routes && holdersOf(routes);
  const through = createLetIn(protocolsIn(admits), ports, effort);
  const parts = partsOf(sources, blocks);
  effort.left -= blocks.length + parts.length;
  return parts.flatMap((part) => {
    if (effort.left < 0) return [];
    const { first } = part;
    // https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#route-tables-priority: the longest prefix wins.
    const to = routesAt?.(first)?.item.to;
    const some = through(admitsAt(first), entriesAt(first));
    return routes && to === undefined ? [] : some.map((one) => ({ ...part, ...one, to }));
  });
};
