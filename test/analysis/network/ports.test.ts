import {
  joined,
  minus,
  portsBut,
  portsOf,
  portText,
  protocolOf,
  single,
} from '../../../lib/analysis/network/ports.ts';
import { rule } from '../../controls/ec2/rules.ts';

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
  // EC2 refuses the name; whoever wrote it wants the port open.
  ['ssh 22 from sg-1', single(22), single(22)],
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

test.each([
  [[], ['20-30']],
  [['22'], ['20-21', '23-30']],
  [['20'], ['21-30']],
  [['30'], ['20-29']],
  [['0-19', '31-99'], ['20-30']],
  [['10-22', '29-40'], ['23-28']],
  [
    ['25', '22-23', '24'],
    ['20-21', '26-30'],
  ],
  [['20-30'], []],
  [['0-65535', '22'], []],
])('20-30 without %p is %p', (texts, expected) => {
  const ranges = texts.map((text) => {
    const [from = '', to = from] = text.split('-');
    return { from: Number(from), to: Number(to) };
  });
  expect(minus({ from: 20, to: 30 }, ranges).map(portText)).toEqual(expected);
});
