import {
  databasePortList,
  networkList,
  portList,
  prefixLength,
  sourceList,
} from '../../../../lib/controls/ec2/shared/sources-parameters.ts';

const named = ['10.0.9.0/28', '2001:db8:9::/64', 'sg-9', 'pl-9'];

test.each([
  ['no source', sourceList(), []],
  ['networks, groups and lists', sourceList(), named],
  ['itself, an address, a mapped network', sourceList(), ['self', '198.51.100.7', '::ffff:0:0/96']],
  ['no network', networkList(), []],
  ['networks', networkList(), ['198.51.100.0/24', '2001:db8::/48']],
  ['no port', portList([80]), []],
  ['the first and the last port', portList([]), [1, 65_535]],
  ['the shortest prefix', prefixLength({ default: 24, max: 32 }), 1],
])('allowed: %s', (_, parameter, value) => {
  expect(parameter.accepts(value)).toBe(true);
});

test.each([
  ['one that is no list', sourceList(), '10.0.0.0/8'],
  ['a prefix that is too long', sourceList(), ['10.0.0.0/33']],
  ['a name', sourceList(), ['vpn']],
  ['half an id', sourceList(), ['sg-']],
  ['a number', sourceList(), [7]],
  ['nothing', sourceList(), null],
  ['a group as a network', networkList(), ['sg-9']],
  ['port 0', portList([]), [0]],
  ['a range of ports', portList([]), ['80-90']],
  ['a prefix longer than an address', prefixLength({ default: 24, max: 32 }), 33],
  ['a prefix that is none', prefixLength({ default: 24, max: 32 }), 0],
])('refused: %s', (_, parameter, value) => {
  expect(parameter.accepts(value)).toBe(false);
});

test('defaults are allowed', () => {
  for (const parameter of [sourceList(), networkList(), databasePortList(), portList([80, 443])])
    expect(parameter.accepts(parameter.default)).toBe(true);
});
