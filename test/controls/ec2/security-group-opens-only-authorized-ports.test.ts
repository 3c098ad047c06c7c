import { securityGroupOpensOnlyAuthorizedPorts } from '../../../lib/controls/ec2/security-group-opens-only-authorized-ports.ts';
import { testControl } from '../harness.ts';
import { group, narrowed, noticed, revoked, split } from './rules.ts';

const web = ['tcp 80 from 0.0.0.0/0', 'tcp 443 from 0.0.0.0/0', 'tcp 443 from ::/0'];

testControl(securityGroupOpensOnlyAuthorizedPorts, {
  rows: {
    // vpc-sg-open-only-to-authorized-ports answers NOT_APPLICABLE.
    'open to nobody': { given: group(['tcp 22 from 10.0.0.0/8']), verdict: 'PASS' },
    'a web server': { given: group(web), verdict: 'PASS' },
    'another port': {
      given: group([...web, 'tcp 8443 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 8443 open to the internet$/,
      evidence: ['rules[ingress tcp 8443 from 0.0.0.0/0]'],
    },
    'another port over IPv6': {
      given: group(['tcp 8443 from ::/0']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a range around an authorized port': {
      given: group(['tcp 442-444 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: narrowed,
      reason: /^tcp 442, 444 open/,
    },
    'a range of authorized ports': {
      given: group(['tcp 80-81 from 0.0.0.0/0']),
      parameters: { authorizedTcpPorts: [81, 80] },
      verdict: 'PASS',
    },
    'every port': {
      given: group(['tcp 0-65535 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(1),
      reason: /^tcp 0-79, 81-442, 444-65535 open/,
    },
    'every protocol': {
      given: group(['-1 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: noticed(split(2)),
      reason: /; udp 0-65535 open/,
      evidence: ['rules[ingress all traffic from 0.0.0.0/0]'],
    },
    'no UDP port is authorized by default': {
      given: group(['udp 443 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^udp 443 open/,
    },
    'a UDP port that the baseline authorizes': {
      given: group(['udp 443 from 0.0.0.0/0', 'udp 443 from ::/0']),
      parameters: { authorizedUdpPorts: [443] },
      verdict: 'PASS',
    },
    'an empty list authorizes nothing': {
      given: group(['tcp 443 from 0.0.0.0/0']),
      parameters: { authorizedTcpPorts: [] },
      verdict: 'FAIL',
      plan: revoked,
    },
    'ping, which has no port': {
      given: group(['icmp 8/-1 from 0.0.0.0/0', 'icmpv6 -1/-1 from ::/0']),
      verdict: 'PASS',
    },
    // The rule evaluates TCP and UDP alone.
    'IPsec, which has no port': { given: group(['50 from 0.0.0.0/0']), verdict: 'PASS' },
    'anything out': { given: group(['-1 to 0.0.0.0/0']), verdict: 'PASS' },
    'halves that overlap on one port': {
      given: group(['tcp 5000-6000 from 0.0.0.0/1', 'tcp 6000-7000 from 128.0.0.0/1']),
      verdict: 'FAIL',
      plan: narrowed,
      reason: /^tcp 6000 open/,
    },
    'wide networks are not everybody': {
      given: group(['tcp 22 from 0.0.0.0/1', 'tcp 23 from 54.0.0.0/8']),
      verdict: 'PASS',
    },
    'a list that holds everything': {
      given: group(['tcp 8443 from pl-1'], { 'pl-1': ['0.0.0.0/1', '128.0.0.0/1'] }),
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 8443 from pl-1]'],
    },
    'a list that cannot be seen': { given: group(['tcp 8443 from pl-1']), verdict: 'UNKNOWN' },
    'a list that cannot be seen, on an authorized port': {
      given: group(['tcp 443 from pl-1']),
      verdict: 'PASS',
    },
  },
});
