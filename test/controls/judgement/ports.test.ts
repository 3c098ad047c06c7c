import {
  joined,
  portsBut,
  portsOf,
  portText,
  protocolOf,
  single,
} from '../../../lib/controls/judgement/ports.ts';
import { rule } from '../ec2/rules.ts';

const every = { from: 0, to: 65_535 };

test.each([
  ['tcp', 'tcp'],
  ['TCP', 'tcp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
  ['58', 'icmpv6'],
  ['all', '-1'],
  ['-1', '-1'],
  ['50', '50'],
  ['constructor', 'constructor'],
])('protocol %s is %s', (written, name) => {
  expect(protocolOf({ ...rule('tcp from sg-1'), protocol: written })).toBe(name);
});

test.each([
  ['tcp 22 from sg-1', single(22), undefined],
  ['6 20-25 from sg-1', { from: 20, to: 25 }, undefined],
  ['tcp 0-0 from sg-1', single(0), undefined],
  ['tcp from sg-1', every, undefined],
  ['tcp -1/-1 from sg-1', every, undefined],
  ['tcp 22/-1 from sg-1', { from: 22, to: 65_535 }, undefined],
  ['udp 53 from sg-1', undefined, single(53)],
  ['-1 from sg-1', every, every],
  ['-1 22-22 from sg-1', every, every],
  ['icmp 8/0 from sg-1', undefined, undefined],
  ['58 128/0 from sg-1', undefined, undefined],
  ['47 from sg-1', undefined, undefined],
])('%s', (text, tcp, udp) => {
  expect([portsOf(rule(text), 'tcp'), portsOf(rule(text), 'udp')]).toEqual([tcp, udp]);
});

test.each([
  [[], [every]],
  [[0], [{ from: 1, to: 65_535 }]],
  [[65_535], [{ from: 0, to: 65_534 }]],
  [
    [443, 80, 80],
    [
      { from: 0, to: 79 },
      { from: 81, to: 442 },
      { from: 444, to: 65_535 },
    ],
  ],
  [
    [1, 2],
    [single(0), { from: 3, to: 65_535 }],
  ],
])('every port but %p', (ports, expected) => {
  expect(portsBut(ports)).toEqual(expected);
});

test('ranges that touch are joined', () => {
  const ranges = [single(25), { from: 20, to: 22 }, single(23), { from: 21, to: 22 }];
  expect(joined(ranges).map(portText)).toEqual(['20-23', '25']);
});
