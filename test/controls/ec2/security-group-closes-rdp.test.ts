import { securityGroupClosesRdp } from '../../../lib/controls/ec2/security-group-closes-rdp.ts';
import { testControl } from '../harness.ts';
import { group, notAllTraffic, revoked, split } from './rules.ts';

testControl(securityGroupClosesRdp, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'port 3389 from everywhere': {
      given: group(['tcp 3389 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 3389 open to the internet$/,
      evidence: ['rules[ingress tcp 3389 from 0.0.0.0/0]'],
    },
    'port 3389 from every IPv6 address': {
      given: group(['tcp 3389 from ::/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a range that holds it': {
      given: group(['tcp 3000-4000 from ::/0']),
      verdict: 'FAIL',
      plan: split(1),
    },
    'every protocol': { given: group(['-1 from 0.0.0.0/0']), verdict: 'FAIL', plan: notAllTraffic },
    // restricted-common-ports looks at TCP alone.
    'the UDP half of RDP': {
      given: group(['udp 3389 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'SSH from everywhere': { given: group(['tcp 22 from 0.0.0.0/0']), verdict: 'PASS' },
    'from an office': { given: group(['tcp 3389 from 198.51.100.0/24']), verdict: 'PASS' },
    'from a bastion': { given: group(['tcp 3389 from sg-2']), verdict: 'PASS' },
    'from a list that holds everything': {
      given: group(['tcp 3389 from pl-1'], { 'pl-1': ['0.0.0.0/0'] }),
      verdict: 'FAIL',
      plan: revoked,
    },
    'from a list that cannot be seen': {
      given: group(['tcp 3389 from pl-1']),
      verdict: 'UNKNOWN',
    },
  },
});
