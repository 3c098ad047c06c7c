import { securityGroupKeepsDatabasePortsPrivate } from '../../../lib/controls/ec2/security-group-keeps-database-ports-private.ts';
import { testControl } from '../harness.ts';
import { group, notAllTraffic, revoked, sharedList } from './rules.ts';

testControl(securityGroupKeepsDatabasePortsPrivate, {
  rows: {
    'no rule': { given: group([]), verdict: 'PASS' },
    'groups and private networks': {
      given: group([
        ...['tcp 5432 from sg-2', 'tcp 5432 from 10.0.0.0/8', 'tcp 5432 from 172.16.0.0/12'],
        ...['tcp 5432 from 192.168.1.1/32', 'tcp 5432 from 100.64.0.0/10'],
        ...['tcp 5432 from fd00::/8', 'tcp 5432 from 169.254.171.0/24'],
      ]),
      verdict: 'PASS',
    },
    everybody: { given: group(['tcp 5432 from 0.0.0.0/0']), verdict: 'FAIL', plan: revoked },
    'one public address': {
      given: group(['tcp 5432 from 10.0.0.0/8', 'tcp 5432 from 198.51.100.7/32']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 5432 open to more than security groups and private networks$/,
      evidence: ['rules[ingress tcp 5432 from 198.51.100.7/32]'],
    },
    'one public IPv6 address': {
      given: group(['tcp 5432 from 2600:1f18::1/128']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a network that is private in part': {
      given: group(['tcp 5432 from 172.16.0.0/11']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a private network that is not written canonically': {
      given: group(['tcp 5432 from 10.1.2.3/8']),
      verdict: 'PASS',
    },
    'a private network as mapped to IPv6': {
      given: group(['tcp 5432 from ::ffff:10.0.0.0/104']),
      verdict: 'PASS',
    },
    'all traffic from one public network': {
      given: group(['-1 from 198.51.100.0/24']),
      verdict: 'FAIL',
      plan: notAllTraffic,
    },
    'a public network on another port': {
      given: group(['tcp 443 from 198.51.100.0/24']),
      verdict: 'PASS',
    },
    'a network that the baseline names': {
      given: group(['tcp 5432 from 198.51.100.0/25', 'tcp 5432 from 2600:1f18:1::/56']),
      parameters: { privateNetworks: ['198.51.100.0/24', '2600:1f18:1::/48'] },
      verdict: 'PASS',
    },
    'a network that only names together hold': {
      given: group(['tcp 5432 from 198.51.100.0/24']),
      parameters: { privateNetworks: ['198.51.100.0/25', '198.51.100.128/25'] },
      verdict: 'PASS',
    },
    'more than the baseline names': {
      given: group(['tcp 5432 from 198.51.100.0/23']),
      parameters: { privateNetworks: ['198.51.100.0/24'] },
      verdict: 'FAIL',
      plan: revoked,
    },
    'a list of private networks': {
      given: group(['tcp 5432 from pl-1'], { 'pl-1': ['10.0.0.0/8', '192.168.0.0/16'] }),
      verdict: 'PASS',
    },
    'a list with one public address': {
      given: group(['tcp 5432 from pl-1'], { 'pl-1': ['10.0.0.0/8', '198.51.100.7/32'] }),
      verdict: 'FAIL',
      plan: sharedList,
      evidence: ['rules[ingress tcp 5432 from pl-1]'],
    },
    'a list that cannot be seen': { given: group(['tcp 5432 from pl-1']), verdict: 'UNKNOWN' },
  },
});
