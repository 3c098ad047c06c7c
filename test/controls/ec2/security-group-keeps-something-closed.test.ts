import { securityGroupKeepsSomethingClosed } from '../../../lib/controls/ec2/security-group-keeps-something-closed.ts';
import { testControl } from '../harness.ts';
import { group, narrowed, noticed, revoked } from './rules.ts';

testControl(securityGroupKeepsSomethingClosed, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'every protocol from everywhere': {
      given: group(['-1 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: noticed(narrowed),
      reason: /^tcp 1-65535; udp 1-65535 open to the internet$/,
      evidence: ['rules[ingress all traffic from 0.0.0.0/0]'],
    },
    'every protocol over IPv6': {
      given: group(['-1 from ::/0']),
      verdict: 'FAIL',
      plan: noticed(narrowed),
    },
    'every protocol from halves': {
      given: group(['-1 from 0.0.0.0/1', '-1 from 128.0.0.0/1']),
      verdict: 'FAIL',
      plan: noticed(narrowed),
    },
    'every TCP port': {
      given: group(['tcp 0-65535 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: noticed(revoked),
      reason: /^tcp 1-65535 open/,
    },
    'every UDP port': {
      given: group(['udp from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: noticed(revoked),
    },
    'every TCP port but 0': {
      given: group(['tcp 1-65535 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: noticed(revoked),
    },
    'every TCP port by two rules, one for each family': {
      given: group(['tcp 0-1023 from 0.0.0.0/0', 'tcp 1000-65535 from ::/0']),
      verdict: 'FAIL',
      plan: noticed(revoked),
      evidence: [
        'rules[ingress tcp 0-1023 from 0.0.0.0/0]',
        'rules[ingress tcp 1000-65535 from ::/0]',
      ],
    },
    'every TCP port but one': {
      given: group(['tcp 0-21 from 0.0.0.0/0', 'tcp 23-65535 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    'every protocol from inside': {
      given: group(['-1 from sg-1', '-1 from 10.0.0.0/8']),
      verdict: 'PASS',
    },
    'every protocol to everywhere': { given: group(['-1 to 0.0.0.0/0']), verdict: 'PASS' },
    'one port from everywhere': { given: group(['tcp 443 from 0.0.0.0/0']), verdict: 'PASS' },
    'every protocol from a list that cannot be seen': {
      given: group(['-1 from pl-1']),
      verdict: 'UNKNOWN',
    },
    'the other ports from a list that cannot be seen': {
      given: group(['tcp 0-1023 from 0.0.0.0/0', 'tcp 1024-65535 from pl-1']),
      verdict: 'UNKNOWN',
    },
    'one port from a list that cannot be seen': {
      given: group(['tcp 443 from pl-1']),
      verdict: 'PASS',
    },
  },
});
