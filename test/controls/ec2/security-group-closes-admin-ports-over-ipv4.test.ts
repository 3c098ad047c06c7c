import { securityGroupClosesAdminPortsOverIpv4 } from '../../../lib/controls/ec2/security-group-closes-admin-ports-over-ipv4.ts';
import { testControl } from '../harness.ts';
import { group, notAllTraffic, revoked, split } from './rules.ts';

testControl(securityGroupClosesAdminPortsOverIpv4, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'SSH from everywhere': {
      given: group(['tcp 22 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 22 open to the internet over IPv4$/,
      evidence: ['rules[ingress tcp 22 from 0.0.0.0/0]'],
    },
    'RDP from everywhere': {
      given: group(['tcp 3389 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'both in one range': {
      given: group(['tcp 20-4000 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(2),
      reason: /^tcp 22, 3389 open/,
    },
    'over UDP': { given: group(['udp 22 from 0.0.0.0/0']), verdict: 'FAIL', plan: revoked },
    'every protocol': { given: group(['-1 from 0.0.0.0/0']), verdict: 'FAIL', plan: notAllTraffic },
    'over IPv6 alone': { given: group(['tcp 22 from ::/0']), verdict: 'PASS' },
    'over IPv6 and half of IPv4': {
      given: group(['tcp 22 from ::/0', 'tcp 22 from 0.0.0.0/1']),
      verdict: 'PASS',
    },
    'IPv4 as mapped to IPv6, which no packet comes from': {
      given: group(['tcp 22 from ::ffff:0:0/96']),
      verdict: 'PASS',
    },
    'halves of IPv4': {
      given: group(['tcp 22 from 0.0.0.0/1', 'tcp 22 from 128.0.0.0/1']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a port that the baseline adds': {
      given: group(['tcp 5986 from 0.0.0.0/0']),
      parameters: { restrictPorts: [22, 3389, 5985, 5986] },
      verdict: 'FAIL',
      plan: revoked,
    },
    'a port that the baseline leaves out': {
      given: group(['tcp 22 from 0.0.0.0/0']),
      parameters: { restrictPorts: [3389] },
      verdict: 'PASS',
    },
    'a list that cannot be seen': { given: group(['tcp 22 from pl-1']), verdict: 'UNKNOWN' },
  },
});
