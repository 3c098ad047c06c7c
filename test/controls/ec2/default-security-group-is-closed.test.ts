import { defaultSecurityGroupIsClosed } from '../../../lib/controls/ec2/default-security-group-is-closed.ts';
import { testControl } from '../harness.ts';
import { rule } from './rules.ts';

const ofVpc = (name: string) => ({ name, owner: '123456789012', vpc: 'vpc-1' });

testControl(defaultSecurityGroupIsClosed, {
  base: { group: ofVpc('default'), rules: [] },
  rows: {
    'it has no rule': { given: {}, verdict: 'PASS' },
    'as AWS makes it: its own members in, everything out': {
      given: { rules: [rule('-1 from sg-1'), rule('-1 to 0.0.0.0/0')] },
      verdict: 'FAIL',
      reason: /ingress and egress/,
      evidence: ['rules[egress all traffic to 0.0.0.0/0]', 'rules[ingress all traffic from sg-1]'],
    },
    'only traffic out': {
      given: { rules: [rule('tcp 443 to 0.0.0.0/0')] },
      verdict: 'FAIL',
      reason: /has egress rules/,
      evidence: ['rules[egress tcp 443 to 0.0.0.0/0]'],
    },
    'only a private network comes in': {
      given: { rules: [rule('tcp 443 from 10.0.0.0/8')] },
      verdict: 'FAIL',
    },
    'a prefix list comes in': { given: { rules: [rule('tcp 443 from pl-1')] }, verdict: 'FAIL' },
    'only ping comes in': {
      given: { rules: [rule('icmp 8/-1 from 10.0.0.0/8')] },
      verdict: 'FAIL',
    },
    'another group has every rule': {
      given: { group: ofVpc('web'), rules: [rule('-1 from 0.0.0.0/0')] },
      verdict: 'NOT_APPLICABLE',
      reason: /not the default group/,
    },
    'another group is called almost the same': {
      given: { group: ofVpc('Default'), rules: [rule('-1 from 0.0.0.0/0')] },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
