import { securityGroupClosesAdminPortsOverIpv6 } from '../../../lib/controls/ec2/security-group-closes-admin-ports-over-ipv6.ts';
import { testControl } from '../harness.ts';
import { group, notAllTraffic, revoked, sharedList } from './rules.ts';

testControl(securityGroupClosesAdminPortsOverIpv6, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'SSH from everywhere': {
      given: group(['tcp 22 from 0.0.0.0/0', 'tcp 22 from ::/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 22 open to the internet over IPv6$/,
      evidence: ['rules[ingress tcp 22 from ::/0]'],
    },
    'RDP from everywhere': { given: group(['tcp 3389 from ::/0']), verdict: 'FAIL', plan: revoked },
    'over UDP': { given: group(['udp 3389 from ::/0']), verdict: 'FAIL', plan: revoked },
    'every protocol': { given: group(['-1 from ::/0']), verdict: 'FAIL', plan: notAllTraffic },
    'over IPv4 alone': { given: group(['tcp 22 from 0.0.0.0/0']), verdict: 'PASS' },
    'all of IPv6 that is given out': {
      given: group(['tcp 22 from 2000::/3']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'halves of IPv6': {
      given: group(['tcp 22 from ::/1', 'tcp 22 from 8000::/1']),
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 22 from ::/1]'],
    },
    'one site': { given: group(['tcp 22 from 2001:db8::/32']), verdict: 'PASS' },
    'a port that the baseline adds': {
      given: group(['tcp 5986 from ::/0']),
      parameters: { restrictPorts: [5986] },
      verdict: 'FAIL',
      plan: revoked,
    },
    'a list that holds everything': {
      given: group(['tcp 22 from pl-1'], { 'pl-1': ['2001:db8::/32', '::/0'] }),
      verdict: 'FAIL',
      plan: sharedList,
    },
  },
});
