import { defaultSecurityGroupIsClosed } from '../../../lib/controls/ec2/default-security-group-is-closed.ts';
import { testControl } from '../harness.ts';
import { group, revoked } from './rules.ts';

const ofVpc = (name: string) => ({ name, owner: '123456789012', vpc: 'vpc-1' });
const defaultGroup = (rules: readonly string[], interfaces: readonly string[] = []) => ({
  ...group(rules),
  group: ofVpc('default'),
  interfaces,
});
const egressToo = {
  risk: 'safe',
  calls: ['ec2.revokeSecurityGroupIngress', 'ec2.revokeSecurityGroupEgress'],
  undo: 'widens',
} as const;

testControl(defaultSecurityGroupIsClosed, {
  base: defaultGroup([]),
  rows: {
    'it has no rule': { given: {}, verdict: 'PASS' },
    'as AWS makes it: its own members in, everything out': {
      given: defaultGroup(['-1 from sg-1', '-1 to 0.0.0.0/0']),
      verdict: 'FAIL',
      reason: /ingress and egress/,
      evidence: ['rules[egress all traffic to 0.0.0.0/0]', 'rules[ingress all traffic from sg-1]'],
      plan: egressToo,
    },
    'only traffic out': {
      given: defaultGroup(['tcp 443 to 0.0.0.0/0']),
      verdict: 'FAIL',
      reason: /has egress rules/,
      evidence: ['rules[egress tcp 443 to 0.0.0.0/0]'],
      plan: { ...revoked, calls: ['ec2.revokeSecurityGroupEgress'] },
    },
    'only a private network comes in': {
      given: defaultGroup(['tcp 443 from 10.0.0.0/8']),
      verdict: 'FAIL',
      plan: {
        ...revoked,
        summary: /^removes every rule of the default group \(rules: 1 removed\)$/,
        input: { GroupId: 'example', SecurityGroupRuleIds: ['sgr-0'] },
      },
    },
    'a prefix list comes in': {
      given: defaultGroup(['tcp 443 from pl-1']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'only ping comes in': {
      given: defaultGroup(['icmp 8/-1 from 10.0.0.0/8']),
      verdict: 'FAIL',
      plan: revoked,
    },
    'something uses it': {
      given: defaultGroup(['-1 from sg-1'], ['eni-1', 'eni-2']),
      verdict: 'FAIL',
      plan: { proposal: /^the group is in use, by eni-1, eni-2$/ },
    },
    'another group has every rule': {
      given: { ...group(['-1 from 0.0.0.0/0']), group: ofVpc('web') },
      verdict: 'NOT_APPLICABLE',
      reason: /not the default group/,
    },
    'another group is called almost the same': {
      given: { ...group(['-1 from 0.0.0.0/0']), group: ofVpc('Default') },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
