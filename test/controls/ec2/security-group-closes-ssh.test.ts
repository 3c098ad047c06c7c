import { securityGroupClosesSsh } from '../../../lib/controls/ec2/security-group-closes-ssh.ts';
import { testControl } from '../harness.ts';
import {
  facetsOf,
  group,
  narrowed,
  notAllTraffic,
  revoked,
  rule,
  sharedList,
  split,
} from './rules.ts';

const hosts = (count: number) =>
  Array.from({ length: count }, (_, i) => `tcp 443 from 198.51.100.${i}/32`);
const office = ['198.51.100.0/24', '203.0.113.7/32'];

testControl(securityGroupClosesSsh, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'port 22 from everywhere': {
      given: group(['tcp 22 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 22 open to the internet$/,
      evidence: ['rules[ingress tcp 22 from 0.0.0.0/0]'],
    },
    'port 22 from every IPv6 address': {
      given: group(['tcp 22 from ::/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'both families': {
      given: group(['tcp 22 from 0.0.0.0/0', 'tcp 22 from ::/0']),
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 22 from 0.0.0.0/0]', 'rules[ingress tcp 22 from ::/0]'],
    },
    'port 22 from one network': { given: group(['tcp 22 from 203.0.113.0/24']), verdict: 'PASS' },
    'port 443 from everywhere': { given: group(['tcp 443 from 0.0.0.0/0']), verdict: 'PASS' },
    'port 22 to everywhere': { given: group(['tcp 22 to 0.0.0.0/0']), verdict: 'PASS' },
    'a range that holds 22': {
      given: group(['tcp 0-1024 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(1),
      reason: /^tcp 22 open/,
    },
    'a range that begins at 22': {
      given: group(['tcp 22-23 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: narrowed,
    },
    'a range that ends at 22': {
      given: group(['tcp 20-22 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: narrowed,
    },
    'ranges on both sides of 22': {
      given: group(['tcp 0-21 from 0.0.0.0/0', 'tcp 23-65535 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    'every protocol': {
      given: group(['-1 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: notAllTraffic,
      evidence: ['rules[ingress all traffic from 0.0.0.0/0]'],
    },
    'every protocol, with ports that then mean nothing': {
      given: group(['-1 0-0 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: notAllTraffic,
    },
    'TCP by its number': { given: group(['6 22 from 0.0.0.0/0']), verdict: 'FAIL', plan: revoked },
    'TCP without ports': { given: group(['tcp from 0.0.0.0/0']), verdict: 'FAIL', plan: split(1) },
    'TCP with ports -1': {
      given: group(['tcp -1/-1 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(1),
    },
    'UDP, which SSH does not use': { given: group(['udp 22 from 0.0.0.0/0']), verdict: 'PASS' },
    'ICMP of type 22, which is no port': {
      given: group(['icmp 22/0 from 0.0.0.0/0', 'icmpv6 22/0 from ::/0']),
      verdict: 'PASS',
    },
    'another protocol, whose ports mean nothing': {
      given: group(['50 22-22 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    // restricted-ssh looks for 0.0.0.0/0 and ::/0 alone; what amounts to them is as open.
    'two halves of the internet': {
      given: group(['tcp 22 from 0.0.0.0/1', 'tcp 20-30 from 128.0.0.0/1']),
      verdict: 'FAIL',
      plan: { ...split(1), calls: [...split(1).calls, ...revoked.calls] },
      evidence: [
        'rules[ingress tcp 20-30 from 128.0.0.0/1]',
        'rules[ingress tcp 22 from 0.0.0.0/1]',
      ],
    },
    'two halves on different ports': {
      given: group(['tcp 22 from 0.0.0.0/1', 'tcp 23-30 from 128.0.0.0/1']),
      verdict: 'PASS',
    },
    'one half': { given: group(['tcp 22 from 0.0.0.0/1']), verdict: 'PASS' },
    'four quarters of the internet': {
      given: group(['0', '64', '128', '192'].map((first) => `tcp 22 from ${first}.0.0.0/2`)),
      verdict: 'FAIL',
      plan: { ...revoked, input: { SecurityGroupRuleIds: ['sgr-0', 'sgr-1', 'sgr-2', 'sgr-3'] } },
    },
    'every /8, beside an office': {
      given: group([
        'tcp 22 from 198.51.100.7/32',
        'tcp 22 from 18.5.0.0/16',
        ...Array.from({ length: 256 }, (_, first) => `tcp 22 from ${first}.0.0.0/8`),
      ]),
      verdict: 'FAIL',
      plan: {
        ...revoked,
        input: {
          SecurityGroupRuleIds: Array.from(
            { length: 256 },
            (_, first) => `sgr-${first + 2}`,
          ).filter(
            // All but 10.0.0.0/8, which is private.
            (id) => id !== 'sgr-12',
          ),
        },
      },
    },
    'halves of IPv6, of which nobody has an address in the second': {
      given: group(['tcp 22 from ::/1', 'tcp 22 from 8000::/1']),
      verdict: 'FAIL',
      plan: { ...revoked, input: { SecurityGroupRuleIds: ['sgr-0'] } },
      evidence: ['rules[ingress tcp 22 from ::/1]'],
    },
    'halves of the IPv6 that is given out, beside a site': {
      given: group([
        'tcp 22 from 2000::/5',
        'tcp 22 from 2001:db8::/32',
        'tcp 22 from 2800::/5',
        'tcp 22 from 8000::/1',
      ]),
      verdict: 'FAIL',
      plan: { ...revoked, input: { SecurityGroupRuleIds: ['sgr-0', 'sgr-2', 'sgr-3'] } },
    },
    'everything, and halves of it as well': {
      given: group(['tcp 22 from 0.0.0.0/0', 'tcp 22 from 0.0.0.0/1', 'tcp 22 from 128.0.0.0/1']),
      verdict: 'FAIL',
      plan: { ...revoked, input: { SecurityGroupRuleIds: ['sgr-0', 'sgr-1', 'sgr-2'] } },
    },
    'one half by a list that also holds an office, the other by a rule': {
      given: group(['tcp 22 from pl-1', 'tcp 22 from 0.0.0.0/1'], {
        'pl-1': ['128.0.0.0/1', '198.51.100.7/32'],
      }),
      verdict: 'FAIL',
      plan: {
        ...revoked,
        input: { SecurityGroupRuleIds: ['sgr-1'] },
        summary: /, and leaves "ingress tcp 22 from pl-1", which let in fewer without the others/,
      },
    },
    'halves by two lists that also hold offices': {
      given: group(['tcp 22 from pl-1', 'tcp 22 from pl-2'], {
        'pl-1': ['128.0.0.0/1', '198.51.100.7/32'],
        'pl-2': ['0.0.0.0/1', '198.51.100.8/32'],
      }),
      verdict: 'FAIL',
      plan: { proposal: /the prefix list pl-\d lets them in, and also holds other addresses/ },
    },
    'two halves beside a private network': {
      given: group(['tcp 22 from 0.0.0.0/1', 'tcp 22 from 128.0.0.0/1', 'tcp 22 from 10.0.0.0/8']),
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 22 from 0.0.0.0/1]', 'rules[ingress tcp 22 from 128.0.0.0/1]'],
    },
    'all of IPv6 that is given out': {
      given: group(['tcp 22 from 2000::/3']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a block that is not written canonically': {
      given: group(['tcp 22 from 10.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 22 from 10.0.0.0/0]'],
    },
    'every IPv4 address as mapped to IPv6, which no packet comes from': {
      given: group(['tcp 22 from ::ffff:0.0.0.0/96']),
      verdict: 'PASS',
    },
    'another group': { given: group(['tcp 22 from sg-2']), verdict: 'PASS' },
    'a prefix list of an office': {
      given: group(['tcp 22 from pl-1'], { 'pl-1': office }),
      verdict: 'PASS',
    },
    'a prefix list that holds everything': {
      given: group(['tcp 22 from pl-1'], { 'pl-1': [...office, '0.0.0.0/0'] }),
      verdict: 'FAIL',
      plan: sharedList,
      evidence: ['rules[ingress tcp 22 from pl-1]'],
    },
    'one half by a list, the other by a rule': {
      given: group(['tcp 22 from pl-1', 'tcp 22 from 0.0.0.0/1'], { 'pl-1': ['128.0.0.0/1'] }),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a prefix list that holds everything, on another port': {
      given: group(['tcp 443 from pl-1'], { 'pl-1': ['0.0.0.0/0'] }),
      verdict: 'PASS',
    },
    'an empty prefix list': {
      given: group(['tcp 22 from pl-1'], { 'pl-1': [] }),
      verdict: 'PASS',
    },
    'a prefix list that is no longer shared': {
      given: group(['tcp 22 from pl-1']),
      verdict: 'UNKNOWN',
      reason: /ingress tcp 22 from pl-1/,
    },
    'one list that cannot be seen, and everything besides': {
      given: group(['tcp 22 from pl-1', 'tcp 22 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: { ...revoked, input: { SecurityGroupRuleIds: ['sgr-1'] }, after: 'UNKNOWN' },
    },
    'a list that cannot be seen, on another port': {
      given: group(['tcp 443 from pl-1']),
      verdict: 'PASS',
    },
    'every port of TCP: what is on both sides of 22 stays': {
      given: group(['tcp 0-65535 from 0.0.0.0/0', 'tcp 443 from ::/0']),
      verdict: 'FAIL',
      plan: {
        ...split(1),
        summary: /^closes tcp 22 to the internet \(rules: 1 narrowed, 1 added\)$/,
        input: [
          {
            GroupId: 'example',
            IpPermissions: [
              { IpProtocol: 'tcp', FromPort: 0, ToPort: 21, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
            ],
          },
          {
            GroupId: 'example',
            SecurityGroupRules: [
              {
                SecurityGroupRuleId: 'sgr-0',
                SecurityGroupRule: { FromPort: 23, ToPort: 65_535, CidrIpv4: '0.0.0.0/0' },
              },
            ],
          },
        ],
      },
    },
    'a rule with a description and tags': {
      given: facetsOf([
        { ...rule('tcp 20-30 from ::/0'), description: 'vpn', tags: { team: 'net', 'aws:x': '1' } },
      ]),
      verdict: 'FAIL',
      plan: {
        ...split(1),
        input: [
          {
            IpPermissions: [{ Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'vpn' }] }],
            TagSpecifications: [
              { ResourceType: 'security-group-rule', Tags: [{ Key: 'team', Value: 'net' }] },
            ],
          },
          { SecurityGroupRules: [{ SecurityGroupRule: { Description: 'vpn' } }] },
        ],
      },
    },
    'one remainder is there already': {
      given: group(['tcp 20-30 from 0.0.0.0/0', 'tcp 23-30 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: narrowed,
    },
    'both remainders are there already': {
      given: group(['tcp 20-30 from ::/0', 'tcp 20-21 from ::/0', 'tcp 23-30 from ::/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'two rules with a remainder in common': {
      given: group(['tcp 20-22 from ::/0', 'tcp 20-30 from ::/0']),
      verdict: 'FAIL',
      plan: narrowed,
    },
    'as many rules as a group may have': {
      given: group(['tcp 20-30 from 0.0.0.0/0', ...hosts(59)]),
      verdict: 'FAIL',
      plan: { proposal: /^what stays open takes more rules \(1\) than there may be room for$/ },
    },
    'as many rules of the other family': {
      given: group(['tcp 20-30 from ::/0', ...hosts(60)]),
      verdict: 'FAIL',
      plan: split(1),
    },
    'as many rules, none of which is added to': {
      given: group(['tcp 22 from 0.0.0.0/0', 'tcp 20-22 from ::/0', ...hosts(64)]),
      verdict: 'FAIL',
      plan: { ...revoked, calls: [...narrowed.calls, ...revoked.calls] },
    },
    'a list that takes the place of many rules': {
      given: group(['tcp 20-30 from 0.0.0.0/0', 'tcp 443 from pl-1'], {
        'pl-1': Array.from({ length: 59 }, (_, i) => `203.0.113.${i}/32`),
      }),
      verdict: 'FAIL',
      plan: { proposal: /than there may be room for/ },
    },
    'an address that is none': { given: group(['tcp 22 from 0.0.0/0']), verdict: 'UNKNOWN' },
  },
});
