import fc from 'fast-check';
import { everyPort, portsBut, single } from '../../../../lib/analysis/network/ports.ts';
import {
  exposureOf,
  mustBeClosed,
  type PortQuery,
} from '../../../../lib/controls/ec2/shared/open-ports.ts';
import type { PrefixLists } from '../../../../lib/controls/ec2/shared/port-rules.ts';
import {
  anybody,
  beyondNamed,
  beyondPrivate,
  wideNetworks,
} from '../../../../lib/controls/ec2/shared/untrusted-sources.ts';
import type { Rule } from '../../../../lib/resources/ec2/security-group-rules.ts';
import { rule } from '../rules.ts';

const lists: PrefixLists = { 'pl-all': ['10.0.0.0/8', '0.0.0.0/0'], 'pl-half': ['128.0.0.0/1'] };
const queries: readonly PortQuery[] = [
  { tcp: [single(22)], untrusted: anybody() },
  { tcp: [20, 22, 3389].map(single), udp: [single(53)], untrusted: anybody('IPv4') },
  { tcp: portsBut([80, 443]), udp: [everyPort], untrusted: anybody('IPv6') },
  { tcp: [everyPort], udp: [everyPort], altogether: true, untrusted: anybody() },
  { tcp: [single(22)], udp: [everyPort], untrusted: beyondPrivate(['0.0.0.0/1']) },
  { tcp: [everyPort], untrusted: beyondNamed(['10.0.0.0/8', '128.0.0.0/2', 'pl-all', 'sg-1']) },
  { tcp: portsBut([80]), untrusted: wideNetworks({ IPv4: 24, IPv6: 48 }, { 'pl-all': 'AWS' }) },
];
const verdicts = (rules: readonly Rule[]) =>
  queries.map((query) => mustBeClosed(rules, lists, query).status);

const cidr4 = fc
  .tuple(fc.nat(255), fc.nat(255), fc.integer({ min: 0, max: 32 }))
  .map(([a, b, prefix]) => `${a}.${b}.0.0/${prefix}`);
const cidr6 = fc
  .tuple(
    fc.constantFrom('::', '2000::', '2400::', 'fd00::', '8000::'),
    fc.integer({ min: 0, max: 64 }),
  )
  .map(([address, prefix]) => `${address}/${prefix}`);
const port = fc.oneof(fc.constantFrom(20, 21, 22, 23, 53, 80, 443, 3389), fc.nat(65_535));
const ports = fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
const traffic = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom('tcp', 'udp', '6'), ports).map((all) => all.join(' ')),
  },
  fc.constantFrom('-1', 'tcp', 'icmp 8/0', '50'),
);
const peer = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1') },
  { weight: 2, arbitrary: cidr4 },
  cidr6,
  fc.constantFrom('sg-1', 'pl-all', 'pl-half', 'pl-unseen'),
);
const way = fc.constantFrom('from', 'from', 'from', 'to');
const anyRule = fc.tuple(traffic, way, peer).map((all) => rule(all.join(' ')));
const someRules = fc.array(anyRule, { maxLength: 6 });

const halves = ({ fromPort = 0, toPort = 65_535, ...one }: Rule): readonly Rule[] => {
  const middle = Math.floor((fromPort + toPort) / 2);
  return fromPort === toPort
    ? [{ ...one, fromPort, toPort }]
    : [
        { ...one, fromPort, toPort: middle },
        { ...one, fromPort: middle + 1, toPort },
      ];
};
const isOfPorts = ({ protocol }: Rule) => ['tcp', 'udp', '6'].includes(protocol);

/** The two halves of a block of IPv4 addresses. */
const halfBlocks = (one: Rule): readonly Rule[] => {
  const [, address = '', length = ''] =
    (one.peer.kind === 'network' && /^([\d.]+)\/(\d+)$/.exec(one.peer.cidr)) || [];
  if (length === '' || length === '32') return [one];
  const prefix = Number(length) + 1;
  const number = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const first = number - (number % 2 ** (33 - prefix));
  return [first, first + 2 ** (32 - prefix)].map((start) => {
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
    return { ...one, peer: { kind: 'network', cidr: `${bytes.join('.')}/${prefix}` } };
  });
};

describe('open ports', () => {
  test('a rule in pieces of ports is the same rule', () => {
    fc.assert(
      fc.property(someRules, (rules) => {
        const split = rules.flatMap((one) => (isOfPorts(one) ? halves(one) : [one]));
        expect(verdicts(split)).toEqual(verdicts(rules));
      }),
    );
  });

  test('a rule in pieces of addresses is the same rule', () => {
    fc.assert(
      fc.property(someRules, (rules) => {
        const split = rules.flatMap(halfBlocks).flatMap(halfBlocks);
        expect(verdicts(split)).toEqual(verdicts(rules));
      }),
    );
  });

  test('one more rule never closes a port', () => {
    fc.assert(
      fc.property(someRules, anyRule, (rules, more) => {
        const rank = ['PASS', 'UNKNOWN', 'FAIL'];
        const before = verdicts(rules).map((status) => rank.indexOf(status));
        const after = verdicts([...rules, more]).map((status) => rank.indexOf(status));
        after.forEach((status, i) => {
          expect(status).toBeGreaterThanOrEqual(before[i] ?? 0);
        });
      }),
    );
  });

  test('neither the order of rules nor one of them twice changes the finding', () => {
    const findings = (rules: readonly Rule[]) =>
      queries.map((query) => mustBeClosed(rules, lists, query));
    fc.assert(
      fc.property(someRules, (rules) => {
        expect(findings([...rules, ...rules].reverse())).toEqual(findings(rules));
      }),
    );
  });

  test('each rule that a finding names lets somebody in at the ports that it names', () => {
    fc.assert(
      fc.property(someRules, (rules) => {
        for (const query of queries)
          for (const opening of exposureOf(rules, lists, query).openings) {
            const alone = { [opening.transport]: opening.ports, untrusted: query.untrusted };
            expect(mustBeClosed(opening.rules, lists, alone).status).toBe('FAIL');
          }
      }),
    );
  });

  test('a group of the most rules that EC2 allows is evaluated well within the deadline of a change', () => {
    const rules = Array.from({ length: 1000 }, (_, i) =>
      rule(`tcp ${i}-${i + 30_000} from ${i % 223}.${i % 256}.0.0/${8 + (i % 25)}`),
    );
    const begun = performance.now();
    for (const query of queries) mustBeClosed(rules, lists, query);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
