import { isPrivate, type Network, networkOf } from '../../../lib/analysis/network/sources.ts';
import { holdInternet } from '../../../lib/analysis/network/unions.ts';

const networks = (...cidrs: readonly string[]): Network[] =>
  cidrs.map((cidr) => {
    const network = networkOf(cidr);
    if (!network) throw new Error(`no network: ${cidr}`);
    return network;
  });

describe('networkOf', () => {
  test.each([
    ['0.0.0.0/0', 'IPv4', 0],
    ['10.0.0.5/8', 'IPv4', 8],
    ['203.0.113.7', 'IPv4', 32],
    ['::/0', 'IPv6', 0],
    ['2001:db8::1', 'IPv6', 128],
    ['2001:DB8:0:0:0:0:0:0/32', 'IPv6', 32],
    // How a program is shown an IPv4 address is no source of a packet, and not the IPv4 internet.
    ['::ffff:0.0.0.0/96', 'IPv6', 96],
    ['::FFFF:a00:0/104', 'IPv6', 104],
    ['0:0:0:0:0:ffff:10.1.2.3/128', 'IPv6', 128],
    ['::ffff:0:0/95', 'IPv6', 95],
    ['2001:db8:ffff::/48', 'IPv6', 48],
    ['64:ff9b::ffff:1/128', 'IPv6', 128],
  ])('%s is %s with a prefix of %d', (cidr, family, prefix) => {
    expect(networkOf(cidr)).toMatchObject({ family, prefix });
  });

  test.each([
    '',
    '/0',
    '0/0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8.5',
    '10.0.0.0/x',
    '10.0.0/8',
    '256.0.0.0/8',
    '::/129',
    ':::/0',
    '1:2/16',
    'fe80::1%eth0/64',
    'sg-1',
  ])('%p is none', (text) => {
    expect(networkOf(text)).toBeUndefined();
  });
});

describe('holdInternet over IPv4', () => {
  const rest = (without: number) =>
    Array.from({ length: 256 }, (_, first) => first)
      .filter((first) => first !== without)
      .map((first) => `${first}.0.0.0/8`);

  test.each([
    ['everything', ['0.0.0.0/0']],
    ['everything, written oddly', ['10.0.0.0/0']],
    ['halves', ['0.0.0.0/1', '128.0.0.0/1']],
    ['halves and less', ['0.0.0.0/1', '128.0.0.0/1', '8.8.8.8/32']],
    ['every /8', rest(-1)],
    ['every /8 but one', rest(8)],
    ['every /8 but a private one', rest(10)],
    [
      'what is public, without private and reserved blocks',
      [
        ...rest(-1).filter(
          (cidr) => !/^(0|10|100|127|169|172|192|198|22[4-9]|23.|24.|25.)\./.test(cidr),
        ),
        ...['100.0.0.0/10', '100.128.0.0/9', '169.0.0.0/9', '169.128.0.0/10', '169.192.0.0/11'],
        ...[
          '169.224.0.0/12',
          '169.240.0.0/13',
          '169.248.0.0/14',
          '169.252.0.0/15',
          '169.255.0.0/16',
        ],
        ...['172.0.0.0/12', '172.32.0.0/11', '172.64.0.0/10', '172.128.0.0/9'],
        ...['192.0.0.0/9', '192.128.0.0/11', '192.160.0.0/13', '192.169.0.0/16', '192.170.0.0/15'],
        ...['192.172.0.0/14', '192.176.0.0/12', '192.192.0.0/10', '198.0.0.0/8'],
      ],
    ],
  ])('%s', (_, cidrs) => {
    expect(holdInternet('IPv4', networks(...cidrs))).toBe(true);
  });

  test.each([
    ['nothing', []],
    ['one half', ['0.0.0.0/1']],
    ['the same half twice', ['0.0.0.0/1', '0.0.0.0/1', '0.0.0.5/1']],
    ['three quarters', ['0.0.0.0/1', '128.0.0.0/2']],
    ['every /8 but eight', rest(-1).slice(8 + 2)],
    ['private networks', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']],
    ['one address', ['8.8.8.8/32']],
  ])('not %s', (_, cidrs) => {
    expect(holdInternet('IPv4', networks(...cidrs))).toBe(false);
  });
});

describe('holdInternet over IPv6', () => {
  test.each([
    ['everything', ['::/0']],
    ['a block that holds all that is given out', ['2000::/3']],
    ['halves', ['::/1', '8000::/1']],
    ['halves of what is given out', ['2000::/5', '2800::/5']],
  ])('%s', (_, cidrs) => {
    expect(holdInternet('IPv6', networks(...cidrs))).toBe(true);
  });

  test.each([
    ['the half that is not given out', ['8000::/1']],
    ['half of what is given out', ['2000::/5']],
    ['private networks', ['fc00::/7', 'fe80::/10']],
    ['one site', ['2001:db8::/48']],
  ])('not %s', (_, cidrs) => {
    expect(holdInternet('IPv6', networks(...cidrs))).toBe(false);
  });
});

test.each([
  ['10.0.0.0/8', true],
  ['10.1.2.3', true],
  ['172.16.0.0/12', true],
  ['172.31.255.0/24', true],
  ['192.168.4.0/22', true],
  ['100.64.0.0/10', true],
  ['169.254.171.0/24', true],
  ['fd00:ec2::/64', true],
  ['::ffff:10.0.0.0/104', true],
  ['10.0.0.0/7', false],
  ['172.16.0.0/11', false],
  ['172.32.0.0/16', false],
  ['192.0.0.0/8', false],
  ['100.128.0.0/16', false],
  ['203.0.113.0/24', false],
  ['0.0.0.0/0', false],
  ['::/0', false],
  ['2600:1f18::/36', false],
])('%s is private: %p', (cidr, expected) => {
  expect(networks(cidr).map(isPrivate)).toEqual([expected]);
});
