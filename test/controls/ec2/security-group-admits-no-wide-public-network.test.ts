import { securityGroupAdmitsNoWidePublicNetwork } from '../../../lib/controls/ec2/security-group-admits-no-wide-public-network.ts';
import { testControl } from '../harness.ts';
import { group, noticed, revoked, split } from './rules.ts';

const cloudFront = ['13.32.0.0/15', '52.84.0.0/15'];

testControl(securityGroupAdmitsNoWidePublicNetwork, {
  base: { rules: [], prefixLists: {}, prefixListOwners: {} },
  rows: {
    'no rule': { given: {}, verdict: 'PASS' },
    'a /24': { given: group(['tcp 22 from 198.51.100.0/24']), verdict: 'PASS' },
    'a /23': {
      given: group(['tcp 22 from 198.51.100.0/23', 'tcp 22 from 192.0.2.1/32']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 22 open to public networks wider than \/24 \(IPv4\) or \/48 \(IPv6\)$/,
      evidence: ['rules[ingress tcp 22 from 198.51.100.0/23]'],
    },
    everybody: { given: group(['tcp 22 from 0.0.0.0/0']), verdict: 'FAIL', plan: revoked },
    'everybody over IPv6': { given: group(['tcp 22 from ::/0']), verdict: 'FAIL', plan: revoked },
    'everybody on a public port': {
      given: group(['tcp 443 from 0.0.0.0/0', 'tcp 80 from ::/0']),
      verdict: 'PASS',
    },
    'everybody on a port that the baseline calls public': {
      given: group(['tcp 25 from 0.0.0.0/0', 'udp 53 from 0.0.0.0/0']),
      parameters: { publicTcpPorts: [25], publicUdpPorts: [53] },
      verdict: 'PASS',
    },
    'a wide network on a UDP port': {
      given: group(['udp 53 from 54.0.0.0/8']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'all traffic from a wide network': {
      given: group(['-1 from 54.0.0.0/8']),
      verdict: 'FAIL',
      plan: noticed(split(2)),
    },
    'private networks, however wide': {
      given: group(['-1 from 10.0.0.0/8', '-1 from fd00::/8', '-1 from 100.64.0.0/10']),
      verdict: 'PASS',
    },
    'a network that is private but for a /24': {
      given: group(['tcp 22 from 10.0.0.0/8', 'tcp 22 from 11.0.0.0/24']),
      verdict: 'PASS',
    },
    'a network that is half private': {
      given: group(['tcp 22 from 10.0.0.0/7']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a /48 of IPv6': { given: group(['tcp 22 from 2001:db8::/48']), verdict: 'PASS' },
    'a /47 of IPv6': {
      given: group(['tcp 22 from 2001:db8::/47']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'two /24 that make a /23': {
      given: group([
        'tcp 22 from 198.51.100.0/24',
        'tcp 20-30 from 198.51.101.0/24',
        'tcp 22 from 192.0.2.1/32',
      ]),
      verdict: 'FAIL',
      plan: {
        ...split(1),
        summary: /, and leaves "ingress tcp 22 from 198\.51\.100\.0\/24", which/,
      },
      reason: /^tcp 22 open/,
      evidence: [
        'rules[ingress tcp 20-30 from 198.51.101.0/24]',
        'rules[ingress tcp 22 from 198.51.100.0/24]',
      ],
    },
    'two /24 that make a /23, on different ports': {
      given: group(['tcp 22 from 198.51.100.0/24', 'tcp 23 from 198.51.101.0/24']),
      verdict: 'PASS',
    },
    'two /24 that lie apart': {
      given: group(['tcp 22 from 198.51.100.0/24', 'tcp 22 from 203.0.113.0/24']),
      verdict: 'PASS',
    },
    'many single addresses': {
      given: group(Array.from({ length: 50 }, (_, i) => `tcp 22 from 198.51.${i}.${i}/32`)),
      verdict: 'PASS',
    },
    'the baseline allows a /16': {
      given: group(['tcp 22 from 54.1.0.0/16']),
      parameters: { widestIpv4Prefix: 16 },
      verdict: 'PASS',
    },
    'the baseline allows single addresses only': {
      given: group(['tcp 22 from 198.51.100.0/31']),
      parameters: { widestIpv4Prefix: 32 },
      verdict: 'FAIL',
      plan: revoked,
    },
    'the baseline allows a /32 of IPv6': {
      given: group(['tcp 22 from 2001:db8::/32']),
      parameters: { widestIpv6Prefix: 32 },
      verdict: 'PASS',
    },
    'a list of our own with a wide network': {
      given: {
        ...group(['tcp 22 from pl-1'], { 'pl-1': cloudFront }),
        prefixListOwners: { 'pl-1': '123456789012' },
      },
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 22 from pl-1]'],
    },
    'a list that AWS keeps': {
      given: {
        ...group(['tcp 8080 from pl-1'], { 'pl-1': cloudFront }),
        prefixListOwners: { 'pl-1': 'AWS' },
      },
      verdict: 'PASS',
    },
    'a list that cannot be seen': { given: group(['tcp 22 from pl-1']), verdict: 'UNKNOWN' },
  },
});
