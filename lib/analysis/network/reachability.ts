import type { Gate, Onward, Reachability, WayIn, WaysIn } from '../../model/ways-in.ts';
import { type Effort, type Opening, openingsOf } from './openings.ts';
import { everyPort, joined, meets, portText } from './ports.ts';
import { bits, type Family, joinedRanges, networksOf, type Range } from './sources.ts';
import { internet, narrowest } from './unions.ts';

/** As many as an answer names; with more it hangs on anything. */
const mostThrough = 60;

/** Somebody may be behind so many addresses; with more it is anybody. */
const isAnybody = (family: Family, ranges: readonly Range[]): boolean => {
  const most = 2n ** BigInt(bits[family] - narrowest[family]);
  return joinedRanges(ranges).reduce((sum, { first, last }) => sum + last - first + 1n, 0n) > most;
};

/** What the gate of an internet gateway lets in; through what else the internet would come decides by itself. */
type Kind = 'gateway' | 'appliance' | 'none';
const kindOf = ({ to = '' }: Opening): Kind => {
  if (to.startsWith('igw-')) return 'gateway';
  // A firewall, an endpoint of a Gateway Load Balancer or a gateway of a carrier.
  return /^(vpce|eni|i|cagw|lgw)-/.test(to) ? 'appliance' : 'none';
};

const passesOn = (onward: Onward, family: Family, effort: Effort): boolean => {
  const { admits, from, ports, keepsClient } = onward;
  const filters = (sources: readonly Range[], some: Onward['admits'], of: Family) =>
    onward.entries.some((entries) =>
      openingsOf({ family: of, sources, admits: some, entries, ports }, effort).some(
        (one) => one.ports !== undefined,
      ),
    );
  const inside = networksOf(from);
  return (['IPv4', 'IPv6'] as const).some((of) => {
    const blocks = joinedRanges(inside.filter((one) => one.family === of));
    const fromGroups = inside
      .filter((one) => one.family === of)
      .flatMap(({ cidr }) => onward.admitsGroups.map((traffic) => ({ ...traffic, cidr })));
    return (
      filters(blocks, [...admits, ...fromGroups], of) ||
      (keepsClient && of === family && filters(internet[of], admits, of))
    );
  });
};

interface Way {
  readonly way: WayIn;
  readonly gate: Gate;
  readonly family: Family;
  readonly kind: Exclude<Kind, 'none'>;
  readonly openings: readonly Opening[];
}

const whole = [
  { protocol: '-1', cidr: '0.0.0.0/0' },
  { protocol: '-1', cidr: '::/0' },
];
/** In no subnet of the account: AWS has it answer the internet. */
const awsOwn: Gate = {
  ...{ subnet: '', routeTable: '', acl: '', isBlocked: false },
  routes: whole.map(({ cidr }) => ({ cidr, to: 'igw-' })),
  entries: [true, false].flatMap((isEgress) =>
    whole.map((traffic) => ({ ...traffic, number: 1, isEgress, isAllowed: true })),
  ),
};
const gatesTo = ({ gates }: WayIn): readonly Gate[] => (gates.length > 0 ? gates : [awsOwn]);

/** What one look may take: what is usual takes some hundreds. */
const mostEffort = 300_000;

const waysThrough = (way: WayIn, effort: Effort): readonly Way[] =>
  way.families.flatMap((family) => {
    const { onward } = way;
    // A target is the same behind each subnet of a load balancer.
    let isPassed: boolean | undefined;
    return gatesTo(way).flatMap((gate) => {
      if (gate.isBlocked) return [];
      const { routes, entries } = gate;
      const { admits, ports } = way;
      const all = openingsOf(
        { family, sources: internet[family], routes, admits, entries, ports },
        effort,
      );
      if (all.length === 0) return [];
      isPassed ??= onward === undefined || passesOn(onward, family, effort);
      if (!isPassed) return [];
      return (['gateway', 'appliance'] as const).flatMap((kind) => {
        const openings = all.filter((one) => kindOf(one) === kind);
        return openings.length > 0 ? [{ way, gate, family, kind, openings }] : [];
      });
    });
  });

/** How much there is to look at: what has least comes first, so that nobody hides it behind the rest. */
const sizeOf = (way: WayIn): number => {
  const { admits, gates, onward } = way;
  const entries = [...gates, ...(onward ? [{ routes: [], entries: onward.entries.flat() }] : [])];
  return entries.reduce((sum, one) => sum + one.routes.length + one.entries.length, admits.length);
};

const onPorts = (openings: readonly Opening[]): string => {
  const of = (protocol: string) => openings.filter((one) => one.protocol === protocol);
  return [...new Set(openings.map(({ protocol }) => protocol))]
    .map((protocol) => {
      const ports = joined(of(protocol).flatMap(({ ports: some = [] }) => some));
      if (ports.length === 0) return `protocol ${protocol}`;
      const isEvery =
        ports.length === 1 &&
        meets(ports, everyPort) &&
        ports[0]?.to === everyPort.to &&
        ports[0].from === 0;
      return isEvery
        ? `every ${protocol} port`
        : `${protocol} ${ports.slice(0, 5).map(portText).join(', ')}${ports.length > 5 ? ' and more' : ''}`;
    })
    .join(' and ');
};

const described = ({ way, gate, openings }: Way): string => {
  const { at, groups, onward } = way;
  const by = [openings[0]?.to ?? '', gate.routeTable, gate.acl, ...groups].join(', ');
  const where = `${onward ? `the load balancer ${at}` : at} on ${onPorts(openings)}`;
  return gate === awsOwn ? where : `${where} by ${by}`;
};

const throughOf = ({ ways, through }: WaysIn): readonly string[] => {
  const all = new Set([
    ...through,
    ...ways.flatMap(({ at, groups, gates }) => [
      ...[at, ...groups],
      ...gates.flatMap(({ subnet, routeTable, acl }) => [subnet, routeTable, acl]),
    ]),
  ]);
  return all.size > mostThrough ? ['*'] : [...all].toSorted();
};

/** Why nobody comes, by what is missing first. */
const closedBy = ({ ways }: WaysIn): string => {
  const families = ways.flatMap((way) => way.families);
  if (families.length === 0) return 'it has no public address, and no load balancer that has one';
  const gates = ways.filter((way) => way.families.length > 0).flatMap(gatesTo);
  if (gates.every(({ isBlocked }) => isBlocked))
    return 'VPC Block Public Access keeps the internet out';
  const isRouted = gates.some(({ routes }) => routes.some(({ to }) => to.startsWith('igw-')));
  return isRouted
    ? 'its security groups and network ACLs let nobody in from the internet'
    : 'no route of its subnets leads to an internet gateway';
};

/** Whether and how the internet comes by these ways. */
export const reachabilityOf = (waysIn: WaysIn): Reachability => {
  const effort = { left: mostEffort };
  const found = waysIn.ways
    .toSorted((one, other) => sizeOf(one) - sizeOf(other))
    .flatMap((way) => waysThrough(way, effort));
  const isTooMuch = effort.left < 0;
  const through = throughOf(waysIn);
  const byGateway = found.filter(({ kind }) => kind === 'gateway');
  const wide = byGateway.find(({ family, openings }) => isAnybody(family, openings));
  if (wide) return { from: 'internet', why: described(wide), through };
  const [narrow] = byGateway;
  const [appliance] = found.filter(({ kind }) => kind === 'appliance');
  if (appliance)
    return {
      from: 'unknown',
      why: `what is behind a route decides: ${described(appliance)}`,
      through,
    };
  const unseen = isTooMuch ? 'more rules and routes than are looked at' : waysIn.unseen;
  if (unseen !== undefined) return { from: 'unknown', why: `not seen: ${unseen}`, through };
  if (narrow) return { from: 'named', why: `from some addresses, ${described(narrow)}`, through };
  return { from: 'nowhere', why: closedBy(waysIn), through };
};
