import { securityGroupClosesHighRiskPorts } from '../../../lib/controls/ec2/security-group-closes-high-risk-ports.ts';
import { testControl } from '../harness.ts';
import { group, notAllTraffic, revoked, split } from './rules.ts';

testControl(securityGroupClosesHighRiskPorts, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'a web server': {
      given: group(['tcp 80 from 0.0.0.0/0', 'tcp 443 from 0.0.0.0/0', 'tcp 443 from ::/0']),
      verdict: 'PASS',
    },
    'a database open to everybody': {
      given: group(['tcp 443 from 0.0.0.0/0', 'tcp 5432 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 5432 open to the internet$/,
      evidence: ['rules[ingress tcp 5432 from 0.0.0.0/0]'],
    },
    'over IPv6': { given: group(['tcp 3306 from ::/0']), verdict: 'FAIL', plan: revoked },
    'a database open to its application': {
      given: group(['tcp 5432 from sg-2', 'tcp 5432 from 10.0.0.0/8']),
      verdict: 'PASS',
    },
    'the first port of the list': {
      given: group(['tcp 20 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'the last port of the list': {
      given: group(['tcp 9300 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a database that is not on the list': {
      given: group(['tcp 6379 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    'a range names each port that it opens': {
      given: group(['tcp 20-30 from 0.0.0.0/0', 'tcp 3300-3400 from ::/0']),
      verdict: 'FAIL',
      plan: split(3),
      reason: /^tcp 20-23, 25, 3306, 3389 open/,
    },
    'the ports between': {
      given: group(['tcp 26-109 from 0.0.0.0/0', 'tcp 9301-65535 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    'every protocol': {
      given: group(['-1 from ::/0']),
      verdict: 'FAIL',
      plan: notAllTraffic,
      reason: /udp 1434, 3389 open/,
      evidence: ['rules[ingress all traffic from ::/0]'],
    },
    // restricted-common-ports looks at TCP alone.
    'what SQL Server and RDP serve over UDP': {
      given: group(['udp 1434 from 0.0.0.0/0', '17 3389 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^udp 1434, 3389 open/,
    },
    'a port over UDP where nothing listens': {
      given: group(['udp 5000 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    ping: { given: group(['icmp 8/-1 from 0.0.0.0/0', '58 128/0 from ::/0']), verdict: 'PASS' },
    'quarters of the internet by several rules of overlapping ports': {
      given: group([
        'tcp 3000-4000 from 0.0.0.0/2',
        'tcp 3389-3400 from 64.0.0.0/2',
        'tcp 3306-3389 from 128.0.0.0/2',
        'tcp 0-65535 from 192.0.0.0/2',
      ]),
      verdict: 'FAIL',
      plan: split(2),
      reason: /^tcp 3389 open/,
    },
    'three quarters of it': {
      given: group([
        'tcp 3389 from 0.0.0.0/2',
        'tcp 3389 from 64.0.0.0/2',
        'tcp 3389 from 128.0.0.0/2',
      ]),
      verdict: 'PASS',
    },
    'the origin-facing list of CloudFront is not everybody': {
      given: group(['tcp 8080 from pl-1'], { 'pl-1': ['13.32.0.0/15', '52.84.0.0/15'] }),
      verdict: 'PASS',
    },
    'a list that holds everything': {
      given: group(['tcp 8080 from pl-1'], { 'pl-1': ['::/0'] }),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a list that cannot be seen': { given: group(['tcp 8080 from pl-1']), verdict: 'UNKNOWN' },
  },
});
