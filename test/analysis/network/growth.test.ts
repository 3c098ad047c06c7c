import { reachabilityOf } from '../../../lib/analysis/network/reachability.ts';
import type { AclRule, Gate, Traffic, WayIn } from '../../../lib/model/ways-in.ts';
import { growthOf, mostPerDoubling } from '../../controls/growth/cost.ts';

const open: readonly AclRule[] = [true, false].map((isEgress) => ({
  ...{ number: 1, isEgress, isAllowed: true },
  ...{ protocol: '-1', cidr: '0.0.0.0/0' },
}));
const toGateway = { cidr: '0.0.0.0/0', to: 'igw-1' };
const ssh: Traffic = { protocol: 'tcp', cidr: '0.0.0.0/0', ports: { from: 22, to: 22 } };
const block = (n: number): string => `${20 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.0/24`;
const rule = (cidr: string, port: number): Traffic => ({
  ...{ protocol: 'tcp', cidr },
  ports: { from: port, to: port },
});
const many = <T>(size: number, one: (n: number) => T): readonly T[] =>
  Array.from({ length: size }, (_, n) => one(n));

type Shape = (size: number, round: number) => { way?: Partial<WayIn>; gate?: Partial<Gate> };
/** AWS lets a network ACL have 40 entries in a direction at most: what grows are rules and routes. */
const shapes: Readonly<Record<string, Shape>> = {
  'rules for blocks of their own': (size, round) => ({
    way: { admits: many(size, (n) => rule(block(n), 22 + round)) },
  }),
  'rules for all, each on a port of its own': (size, round) => ({
    way: { admits: many(size, (n) => rule('0.0.0.0/0', round + 2 * n)) },
  }),
  'rules for blocks of their own, each on a port of its own': (size, round) => ({
    way: { admits: many(size, (n) => rule(block(n), round + 2 * n)) },
  }),
  'rules for blocks within blocks': (size, round) => ({
    way: { admits: many(size, (n) => rule(`20.0.0.0/${8 + (n % 24)}`, round + 2 * n)) },
  }),
  routes: (size, round) => ({
    gate: { routes: [toGateway, ...many(size, (n) => ({ cidr: block(n + round), to: 'tgw-1' }))] },
  }),
  'ports on which it listens': (size, round) => ({
    way: { ports: many(size, (n) => ({ from: round + 2 * n, to: round + 2 * n })) },
  }),
};

describe('how the internet comes takes at most 2.3 times as long for twice as many', () => {
  it.each(Object.entries(shapes))('%s', (_, shape) => {
    const prepare = (size: number, round: number) => {
      const { way, gate } = shape(size, round);
      const at: Gate = {
        ...{ subnet: 'subnet-1', routeTable: 'rtb-1', acl: 'acl-1', isBlocked: false },
        ...{ routes: [toGateway], entries: open },
        ...gate,
      };
      const one: WayIn = {
        ...{ at: 'eni-1', families: ['IPv4'], groups: ['sg-1'], admits: [ssh], gates: [at] },
        ...way,
      };
      return () => reachabilityOf({ ways: [one], through: [] });
    };
    expect(prepare(250, 0)()).toMatchObject({ from: expect.stringMatching('internet|named') });
    expect(growthOf(prepare, 250, 2000, 40)).toBeLessThanOrEqual(mostPerDoubling);
  });
});
