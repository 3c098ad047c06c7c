import { securityGroupClosesDatabasePorts } from '../../../lib/controls/ec2/security-group-closes-database-ports.ts';
import { testControl } from '../harness.ts';
import { group, narrowed, notAllTraffic, revoked, split } from './rules.ts';

testControl(securityGroupClosesDatabasePorts, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'PostgreSQL from everywhere': {
      given: group(['tcp 443 from 0.0.0.0/0', 'tcp 5432 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 5432 open to the internet$/,
      evidence: ['rules[ingress tcp 5432 from 0.0.0.0/0]'],
    },
    'Redis over IPv6': { given: group(['tcp 6379 from ::/0']), verdict: 'FAIL', plan: revoked },
    'MongoDB in a wide range': {
      given: group(['tcp 27000-28000 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(1),
      reason: /^tcp 27017-27019 open/,
    },
    'every protocol': { given: group(['-1 from 0.0.0.0/0']), verdict: 'FAIL', plan: notAllTraffic },
    'the media ports of a telephone server, which are UDP': {
      given: group(['udp 10000-60000 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    'from one public address': { given: group(['tcp 5432 from 198.51.100.7/32']), verdict: 'PASS' },
    'from the application': { given: group(['tcp 5432 from sg-2']), verdict: 'PASS' },
    'halves of the internet': {
      given: group(['tcp 5432 from 0.0.0.0/1', 'tcp 5432-5433 from 128.0.0.0/1']),
      verdict: 'FAIL',
      plan: { ...narrowed, calls: [...narrowed.calls, ...revoked.calls] },
    },
    'a port that the baseline adds': {
      given: group(['tcp 15432 from 0.0.0.0/0']),
      parameters: { databasePorts: [15_432] },
      verdict: 'FAIL',
      plan: revoked,
    },
    'a port that the baseline leaves out': {
      given: group(['tcp 5432 from 0.0.0.0/0']),
      parameters: { databasePorts: [3306] },
      verdict: 'PASS',
    },
    'a list that holds everything': {
      given: group(['tcp 3306 from pl-1'], { 'pl-1': ['0.0.0.0/0'] }),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a list that cannot be seen': { given: group(['tcp 3306 from pl-1']), verdict: 'UNKNOWN' },
  },
});
