import fc from 'fast-check';
import { openingsOf } from '../../../lib/analysis/network/openings.ts';
import { reachabilityOf } from '../../../lib/analysis/network/reachability.ts';
import { networksOf } from '../../../lib/analysis/network/sources.ts';
import type { AclRule, Gate, Route, Traffic, WayIn, WaysIn } from '../../../lib/model/ways-in.ts';
import { longTest, runs, sampled } from '../../extent.ts';

const local: Route = { cidr: '10.0.0.0/16', to: 'local' };
const toGateway: Route = { cidr: '0.0.0.0/0', to: 'igw-1' };
const entry = (
  number: number,
  isEgress: boolean,
  isAllowed: boolean,
  of: Partial<Traffic> = {},
): AclRule => ({ number, isEgress, isAllowed, protocol: '-1', cidr: '0.0.0.0/0', ...of });
const openAcl = [entry(100, false, true), entry(100, true, true)];
const ssh: Traffic = { protocol: 'tcp', cidr: '0.0.0.0/0', ports: { from: 22, to: 22 } };

const gate = (of: Partial<Gate> = {}): Gate => ({
  ...{ subnet: 'subnet-1', routeTable: 'rtb-1', acl: 'acl-1', isBlocked: false },
  routes: [local, toGateway],
  entries: openAcl,
  ...of,
});
const way = (of: Partial<WayIn> = {}, at: Partial<Gate> = {}): WayIn => ({
  ...{ at: 'eni-1', families: ['IPv4'], groups: ['sg-1'], admits: [ssh] },
  gates: [gate(at)],
  ...of,
});
const from = (ways: readonly WayIn[], more: Partial<WaysIn> = {}) =>
  reachabilityOf({ ways, through: [], ...more }).from;
const only = (one: WayIn) => [one];

/** A load balancer in front of an instance whose group lets in only the group of the load balancer. */
const balanced = (of: Partial<WayIn> = {}, onward: Partial<WayIn['onward']> = {}): WayIn =>
  way({
    at: 'web',
    groups: ['sg-lb'],
    admits: [{ protocol: 'tcp', cidr: '0.0.0.0/0', ports: { from: 443, to: 443 } }],
    ports: [{ from: 443, to: 443 }],
    onward: {
      ...{ to: 'i-1', ports: [{ from: 80, to: 80 }], from: ['10.0.1.0/24'], keepsClient: false },
      admits: [],
      admitsGroups: [{ protocol: 'tcp', ports: { from: 80, to: 80 } }],
      entries: [openAcl],
      ...onward,
    },
    ...of,
  });
const tcp = (first: number, last: number) => ({ protocol: '6', ports: { from: first, to: last } });

const cases: Readonly<Record<string, readonly [WaysIn['ways'], string]>> = {
  'an address, a route and a rule for all': [only(way()), 'internet'],
  'no public address': [only(way({ families: [] })), 'nowhere'],
  'nothing at all': [[], 'nowhere'],
  'a NAT gateway alone': [
    only(way({}, { routes: [local, { cidr: '0.0.0.0/0', to: 'nat-1' }] })),
    'nowhere',
  ],
  'no route but the local one': [only(way({}, { routes: [local] })), 'nowhere'],
  'a route that leads to nothing any more': [
    only(way({}, { routes: [local, { cidr: '0.0.0.0/0', to: 'blackhole' }] })),
    'nowhere',
  ],
  'a transit gateway has the default route': [
    only(way({}, { routes: [local, { cidr: '0.0.0.0/0', to: 'tgw-1' }] })),
    'nowhere',
  ],
  'a peering has the default route': [
    only(way({}, { routes: [local, { cidr: '0.0.0.0/0', to: 'pcx-1' }] })),
    'nowhere',
  ],
  'a longer prefix takes what is let in to a peering': [
    only(
      way(
        { admits: [{ ...ssh, cidr: '8.8.0.0/16' }] },
        { routes: [local, toGateway, { cidr: '8.0.0.0/8', to: 'pcx-1' }] },
      ),
    ),
    'nowhere',
  ],
  'only answers to half of the internet find their way': [
    only(way({}, { routes: [local, { cidr: '0.0.0.0/1', to: 'igw-1' }] })),
    'internet',
  ],
  'a firewall has the default route': [
    only(way({}, { routes: [local, { cidr: '0.0.0.0/0', to: 'vpce-1' }] })),
    'unknown',
  ],
  'an appliance has the default route, and nobody is let in': [
    only(way({ admits: [] }, { routes: [local, { cidr: '0.0.0.0/0', to: 'eni-9' }] })),
    'nowhere',
  ],
  'IPv6 with its own route': [
    only(
      way(
        { families: ['IPv6'], admits: [{ ...ssh, cidr: '::/0' }] },
        {
          routes: [local, { cidr: '::/0', to: 'igw-1' }],
          entries: openAcl.map((one) => ({ ...one, cidr: '::/0' })),
        },
      ),
    ),
    'internet',
  ],
  'IPv6 by an egress-only gateway': [
    only(
      way(
        { families: ['IPv6'], admits: [{ ...ssh, cidr: '::/0' }] },
        {
          routes: [local, { cidr: '::/0', to: 'eigw-1' }],
          entries: openAcl.map((one) => ({ ...one, cidr: '::/0' })),
        },
      ),
    ),
    'nowhere',
  ],
  'IPv6, and an ACL that allows IPv4 alone': [
    only(
      way(
        { families: ['IPv6'], admits: [{ ...ssh, cidr: '::/0' }] },
        { routes: [local, { cidr: '::/0', to: 'igw-1' }] },
      ),
    ),
    'nowhere',
  ],
  'an address of IPv4, and rules for IPv6 alone': [
    only(way({ admits: [{ ...ssh, cidr: '::/0' }] })),
    'nowhere',
  ],
  'no rule of its groups': [only(way({ admits: [] })), 'nowhere'],
  'a rule for a private network': [
    only(way({ admits: [{ ...ssh, cidr: '10.0.0.0/8' }] })),
    'nowhere',
  ],
  'a rule for one office': [only(way({ admits: [{ ...ssh, cidr: '8.8.8.8/32' }] })), 'named'],
  'a rule for half of the internet': [
    only(way({ admits: [{ ...ssh, cidr: '128.0.0.0/1' }] })),
    'internet',
  ],
  'a rule for messages of the network alone': [
    only(way({ admits: [{ protocol: 'icmp', cidr: '0.0.0.0/0' }] })),
    'nowhere',
  ],
  'a rule for a protocol without ports': [
    only(way({ admits: [{ protocol: '47', cidr: '0.0.0.0/0' }] })),
    'internet',
  ],
  'a rule for everything': [
    only(way({ admits: [{ protocol: '-1', cidr: '0.0.0.0/0' }] })),
    'internet',
  ],
  'the ACL denies the port before it allows all': [
    only(way({}, { entries: [...openAcl, entry(50, false, false, tcp(22, 22))] })),
    'nowhere',
  ],
  'the ACL denies the port after it has allowed all': [
    only(way({}, { entries: [...openAcl, entry(200, false, false, tcp(22, 22))] })),
    'internet',
  ],
  'the ACL denies another port': [
    only(way({}, { entries: [...openAcl, entry(50, false, false, tcp(3389, 3389))] })),
    'internet',
  ],
  'the ACL denies UDP alone': [
    only(way({}, { entries: [...openAcl, entry(50, false, false, { protocol: '17' })] })),
    'internet',
  ],
  'the ACL lets nobody answer': [only(way({}, { entries: [entry(100, false, true)] })), 'nowhere'],
  'the ACL lets answers out on no port of a client': [
    only(way({}, { entries: [entry(100, false, true), entry(100, true, true, tcp(1, 1023))] })),
    'nowhere',
  ],
  'the ACL lets answers out on some ports of a client': [
    only(
      way({}, { entries: [entry(100, false, true), entry(100, true, true, tcp(32_768, 61_000))] }),
    ),
    'internet',
  ],
  'the ACL lets in one office': [
    only(
      way(
        {},
        { entries: [entry(100, false, true, { cidr: '8.8.8.8/32' }), entry(100, true, true)] },
      ),
    ),
    'named',
  ],
  'the default ACL with nothing but its last entry': [only(way({}, { entries: [] })), 'nowhere'],
  'it listens on another port than the one that is open': [
    only(way({ ports: [{ from: 5432, to: 5432 }] })),
    'nowhere',
  ],
  'it listens on the port that is open': [only(way({ ports: [{ from: 22, to: 22 }] })), 'internet'],
  'the region blocks internet gateways': [only(way({}, { isBlocked: true })), 'nowhere'],
  'one of the subnets that a database can be in has a route': [
    only(way({ gates: [gate({ routes: [local] }), gate({ subnet: 'subnet-2' })] })),
    'internet',
  ],
  'the second of two interfaces is open': [[way({ families: [] }), way()], 'internet'],
  'AWS answers for it, and lets everybody in': [
    only(way({ gates: [], admits: [{ protocol: 'tcp', cidr: '0.0.0.0/0' }] })),
    'internet',
  ],
  'AWS answers for it, and lets one office in': [
    only(way({ gates: [], admits: [{ protocol: 'tcp', cidr: '8.8.8.8/32' }] })),
    'named',
  ],
  'a load balancer in front, which its group lets in': [only(balanced()), 'internet'],
  'a load balancer in front, which its group does not let in': [
    only(balanced({}, { admitsGroups: [] })),
    'nowhere',
  ],
  'a load balancer in front, let in by the block of its subnet': [
    only(
      balanced(
        {},
        {
          admitsGroups: [],
          admits: [{ ...ssh, cidr: '10.0.0.0/16', ports: { from: 80, to: 80 } }],
        },
      ),
    ),
    'internet',
  ],
  'a load balancer in front, let in on another port': [
    only(balanced({}, { admitsGroups: [{ protocol: 'tcp', ports: { from: 81, to: 81 } }] })),
    'nowhere',
  ],
  'a load balancer in front, kept out by the ACL of the instance': [
    only(balanced({}, { entries: [[entry(100, true, true)]] })),
    'nowhere',
  ],
  'a load balancer whose own group lets nobody in': [only(balanced({ admits: [] })), 'nowhere'],
  'a load balancer without a route': [
    only(balanced({ gates: [gate({ routes: [local] })] })),
    'nowhere',
  ],
  'a load balancer that shows the client, whom the instance lets in': [
    only(
      balanced(
        {},
        { keepsClient: true, admitsGroups: [], admits: [{ ...ssh, ports: { from: 80, to: 80 } }] },
      ),
    ),
    'internet',
  ],
  'a load balancer that hides the client, whom the instance lets in': [
    only(
      balanced(
        {},
        { admitsGroups: [], admits: [{ ...ssh, cidr: '8.8.8.8/32', ports: { from: 80, to: 80 } }] },
      ),
    ),
    'nowhere',
  ],
};

test.each(Object.entries(cases))('%s', (_, [ways, expected]) => {
  expect(from(ways)).toBe(expected);
});

test('what was not seen is not known, unless the internet comes anyhow', () => {
  expect(from([], { unseen: 'target groups' })).toBe('unknown');
  expect(from([way()], { unseen: 'target groups' })).toBe('internet');
});

test('it says by what the internet comes, and what that hangs on', () => {
  const { why, through } = reachabilityOf({ ways: [way()], through: ['vpc-1'] });
  expect(why).toBe('eni-1 on tcp 22 by igw-1, rtb-1, acl-1, sg-1');
  expect(through).toEqual(['acl-1', 'eni-1', 'rtb-1', 'sg-1', 'subnet-1', 'vpc-1']);
});

test('what hangs on too much hangs on anything', () => {
  const through = Array.from({ length: 61 }, (_, index) => `sg-${index}`);
  expect(reachabilityOf({ ways: [], through }).through).toEqual(['*']);
});

test.each([
  [way({ families: [] }), 'it has no public address, and no load balancer that has one'],
  [way({}, { isBlocked: true }), 'VPC Block Public Access keeps the internet out'],
  [way({}, { routes: [local] }), 'no route of its subnets leads to an internet gateway'],
  [way({ admits: [] }), 'its security groups and network ACLs let nobody in from the internet'],
])('it says what keeps the internet out %#', (one, why) => {
  expect(reachabilityOf({ ways: [one], through: [] }).why).toBe(why);
});

/** One packet and its answer, step by step, as the documentation of VPCs tells it. */
interface Packet {
  readonly source: bigint;
  readonly port: number;
  readonly clientPort: number;
}
const isIn = (cidr: string, address: bigint) =>
  networksOf([cidr]).some(({ first, last }) => first <= address && address <= last);
const isAbout = ({ protocol, cidr, ports }: Traffic, address: bigint, port: number): boolean =>
  ['-1', '6', 'tcp'].includes(protocol) &&
  isIn(cidr, address) &&
  (protocol === '-1' || !ports || (ports.from <= port && port <= ports.to));
const passes = (one: Gate, admits: readonly Traffic[], packet: Packet): boolean => {
  const { source, port, clientPort } = packet;
  const [route] = one.routes
    .filter(({ cidr }) => isIn(cidr, source))
    .toSorted((a, b) => Number(b.cidr.split('/')[1]) - Number(a.cidr.split('/')[1]));
  const decides = (isEgress: boolean, at: number) =>
    one.entries
      .filter((each) => each.isEgress === isEgress)
      .toSorted((a, b) => a.number - b.number)
      .find((each) => isAbout(each, source, at))?.isAllowed ?? false;
  return (
    route?.to === 'igw-1' &&
    decides(false, port) &&
    admits.some((each) => isAbout(each, source, port)) &&
    decides(true, clientPort)
  );
};

const cidrs = ['0.0.0.0/0', '8.0.0.0/8', '8.8.0.0/16', '8.8.8.0/24', '128.0.0.0/1', '10.0.0.0/8'];
const addresses = ['8.8.8.8', '8.8.9.1', '8.1.1.1', '9.9.9.9', '200.1.1.1', '52.0.0.1'];
const anyCidr = fc.constantFrom(...cidrs);
const anyPorts = fc
  .tuple(fc.constantFrom(0, 22, 80, 443, 1024, 3389), fc.constantFrom(22, 80, 1023, 2000, 65_535))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const anyTraffic = (names: readonly string[]) =>
  fc.record({
    protocol: fc.constantFrom(...names),
    cidr: anyCidr,
    ports: fc.option(anyPorts, { nil: undefined }),
  });
const anyGate = fc.record({
  routes: fc.array(
    fc.record({ cidr: anyCidr, to: fc.constantFrom('igw-1', 'nat-1', 'pcx-1', 'local') }),
    { maxLength: 4 },
  ),
  entries: fc
    .uniqueArray(
      fc.record({
        number: fc.integer({ min: 1, max: 9 }),
        isEgress: fc.boolean(),
        isAllowed: fc.boolean(),
        traffic: anyTraffic(['-1', '6', '17']),
      }),
      { maxLength: 8, selector: ({ number, isEgress }) => `${number} ${isEgress}` },
    )
    .map((all) => all.map(({ traffic, ...one }) => ({ ...traffic, ...one }))),
});
const anyPacket = fc.record({
  source: fc.constantFrom(...addresses).map((one) => networksOf([one])[0]?.first ?? 0n),
  port: fc.constantFrom(22, 80, 443, 3389, 60_000),
  clientPort: fc.constantFrom(1024, 1500, 40_000, 65_535),
});

test('a packet that passes every step is seen to pass, and what is seen to pass does', () => {
  fc.assert(
    fc.property(
      anyGate,
      fc.array(anyTraffic(['-1', 'tcp', 'udp']), { maxLength: 5 }),
      fc.array(anyPacket, { minLength: 5, maxLength: 20 }),
      (network, admits, packets) => {
        // Two routes of one table never have the same destination.
        const routes = [...new Map(network.routes.map((one) => [one.cidr, one])).values()];
        const one = gate({ ...network, routes });
        const openings = openingsOf(
          {
            family: 'IPv4',
            sources: networksOf(['0.0.0.0/0']),
            ...{ routes, admits, entries: one.entries },
          },
          { left: Number.POSITIVE_INFINITY },
        ).filter(({ to, protocol }) => to === 'igw-1' && protocol === 'tcp');
        for (const packet of packets) {
          if (!passes(one, admits, packet)) continue;
          expect(from([way({ admits, gates: [one] })])).not.toBe('nowhere');
        }
        for (const { first, ports = [] } of openings) {
          const clients = [1024, 1500, 2001, 40_000, 65_535, 3389, 2000, 1025, 3390];
          for (const { from: port } of ports)
            expect(
              clients.some((clientPort) =>
                passes(one, admits, { source: first, port, clientPort }),
              ),
            ).toBe(true);
        }
      },
    ),
    runs(2000),
  );
});

describe('whoever writes rules and routes', () => {
  const block = (index: number) => `${20 + (index % 90)}.${(index >> 8) % 256}.${index % 256}.0/28`;
  const many = <T>(count: number, of: (index: number) => T) =>
    Array.from({ length: count }, (_, index) => of(index));
  const routes = [
    toGateway,
    ...many(500, (index) => ({ cidr: block(index * 1201), to: `tgw-${index}` })),
  ];
  const entries = [true, false].flatMap((isEgress) => [
    ...many(19, (index) => entry(index, isEgress, false, { cidr: block(index), ...tcp(9, 9) })),
    entry(100, isEgress, true),
  ]);
  const kinds: Readonly<Record<string, (index: number) => Traffic>> = {
    'each of another protocol': (index) => ({ protocol: `${20 + (index % 230)}`, cidr: block(1) }),
    'each of another block': (index) => ({ protocol: '-1', cidr: block(index * 977) }),
    'each of other ports, in blocks that hold each other': (index) => ({
      ...tcp(index * 2, index * 2),
      cidr: `8.8.0.0/${17 + (index % 16)}`,
    }),
  };
  const mixed = (index: number): Traffic => {
    const all = Object.values(kinds);
    return all[index % all.length]?.(index) ?? ssh;
  };
  const ways = (of: (index: number) => Traffic) =>
    many(15, (index) =>
      way(
        { at: `eni-${index}`, families: ['IPv4', 'IPv6'], admits: many(1000, of) },
        { routes, entries },
      ),
    );

  it.each(sampled(Object.entries({ ...kinds, 'of all kinds': mixed }), { quick: 3 }))(
    'has nobody else wait, with rules %s',
    (_, of) => {
      const started = process.cpuUsage();
      const { from: who, why } = reachabilityOf({ ways: ways(of), through: [] });
      expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
      expect(['named', 'unknown']).toContain(who);
      expect(why.length).toBeLessThan(1000);
    },
  );

  it('hides behind many rules no way that has few', () => {
    expect(from([...ways(mixed), way()])).toBe('internet');
    expect(from(ways(mixed))).toBe('unknown');
  });

  longTest('has load balancers looked at once, in however many subnets they are', () => {
    const gates = many(6, (index) => gate({ subnet: `subnet-${index}`, routes }));
    const one = balanced(
      { gates, families: ['IPv4', 'IPv6'] },
      {
        admits: many(300, kinds['each of another block'] ?? mixed),
        entries: many(15, () => entries),
      },
    );
    const started = process.cpuUsage();
    reachabilityOf({ ways: many(30, (index) => ({ ...one, at: `lb-${index}` })), through: [] });
    expect(process.cpuUsage(started).user).toBeLessThan(3_000_000);
  });
});
