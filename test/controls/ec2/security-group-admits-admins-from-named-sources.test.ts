import { securityGroupAdmitsAdminsFromNamedSources } from '../../../lib/controls/ec2/security-group-admits-admins-from-named-sources.ts';
import { testControl } from '../harness.ts';
import { group, notAllTraffic, revoked, sharedList } from './rules.ts';

const adminSources = ['10.0.9.0/28', '2001:db8:9::/64', 'sg-9', 'pl-9'];
const parameters = { adminSources };

testControl(securityGroupAdmitsAdminsFromNamedSources, {
  rows: {
    'the baseline names no source': {
      given: group(['tcp 22 from 0.0.0.0/0']),
      verdict: 'NOT_APPLICABLE',
      reason: /adminSources/,
    },
    'no rule': { given: group([]), parameters, verdict: 'PASS' },
    'the bastions and the VPN': {
      given: group([
        ...['tcp 22 from 10.0.9.0/28', 'tcp 3389 from 10.0.9.5/32', 'tcp 22 from sg-9'],
        ...['tcp 3389 from pl-9', 'tcp 22 from 2001:db8:9::1/128'],
      ]),
      parameters,
      verdict: 'PASS',
    },
    everybody: {
      given: group(['tcp 22 from 0.0.0.0/0']),
      parameters,
      verdict: 'FAIL',
      plan: revoked,
    },
    'a private network that holds the bastions': {
      given: group(['tcp 22 from 10.0.9.0/24', 'tcp 22 from 10.0.9.0/28']),
      parameters,
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 22 open to more than the sources named$/,
      evidence: ['rules[ingress tcp 22 from 10.0.9.0/24]'],
    },
    'another group': {
      given: group(['tcp 22 from sg-2']),
      parameters,
      verdict: 'FAIL',
      plan: revoked,
      evidence: ['rules[ingress tcp 22 from sg-2]'],
    },
    'the group itself': {
      given: group(['-1 from sg-1']),
      parameters,
      id: 'sg-1',
      verdict: 'FAIL',
      plan: notAllTraffic,
    },
    'the group itself, where that is named': {
      given: group(['-1 from sg-1']),
      parameters: { adminSources: ['self'] },
      id: 'sg-1',
      verdict: 'PASS',
    },
    'RDP over UDP': {
      given: group(['udp 3389 from 10.0.0.0/8']),
      parameters,
      verdict: 'FAIL',
      plan: revoked,
    },
    'all traffic from elsewhere': {
      given: group(['-1 from 10.0.0.0/8']),
      parameters,
      verdict: 'FAIL',
      plan: notAllTraffic,
      reason: /^tcp 22, 3389; udp 3389 open/,
    },
    'another port from elsewhere': {
      given: group(['tcp 443 from 0.0.0.0/0']),
      parameters,
      verdict: 'PASS',
    },
    'another list, which holds only the bastions': {
      given: group(['tcp 22 from pl-1'], { 'pl-1': ['10.0.9.0/29', '10.0.9.8/29'] }),
      parameters,
      verdict: 'PASS',
    },
    'another list, which holds more': {
      given: group(['tcp 22 from pl-1'], { 'pl-1': ['10.0.9.0/29', '10.0.10.0/29'] }),
      parameters,
      verdict: 'FAIL',
      plan: sharedList,
    },
    'another list, which cannot be seen': {
      given: group(['tcp 22 from pl-1']),
      parameters,
      verdict: 'UNKNOWN',
    },
    'a bastion network by its halves': {
      given: group(['tcp 22 from 10.0.9.0/28']),
      parameters: { adminSources: ['10.0.9.0/29', '10.0.9.8/29'] },
      verdict: 'PASS',
    },
  },
});
