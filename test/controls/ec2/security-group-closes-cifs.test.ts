import { securityGroupClosesCifs } from '../../../lib/controls/ec2/security-group-closes-cifs.ts';
import { testControl } from '../harness.ts';
import { group, notAllTraffic, revoked, split } from './rules.ts';

testControl(securityGroupClosesCifs, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'port 445 from everywhere': {
      given: group(['tcp 445 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 445 from 0.0.0.0/0]'],
    },
    'port 445 from every IPv6 address': {
      given: group(['tcp 445 from ::/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a range that holds it': {
      given: group(['tcp 400-500 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(1),
    },
    'every protocol': { given: group(['-1 from 0.0.0.0/0']), verdict: 'FAIL', plan: notAllTraffic },
    'its UDP half, which no file sharing uses': {
      given: group(['udp 445 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    'from an office': { given: group(['tcp 445 from 198.51.100.0/24']), verdict: 'PASS' },
    'from a list that cannot be seen': { given: group(['tcp 445 from pl-1']), verdict: 'UNKNOWN' },
  },
});
