import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { evidenceOf } from './shared/open-ports-evidence.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';

export const defaultSecurityGroupIsClosed = defineControl(securityGroup, {
  id: 'EC2.2',
  title: 'VPC default security groups should not allow inbound or outbound traffic',
  severity: 'HIGH',
  rationale:
    'What is launched without a group gets the default one, so its rules apply where nobody chose them.',
  standards: {
    'fsbp-1.0.0': ['EC2.2'],
    'cis-aws-1.4.0': ['5.3'],
    'cis-aws-3.0.0': ['5.4'],
    'cis-aws-5.0.0': ['5.5'],
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(21)',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(21)',
      'SC-7(4)',
      'SC-7(5)',
    ],
  },
  needs: ['group', 'rules'],
  evaluate({ group, rules }) {
    // The name is reserved: a VPC's default group has it, and no other can.
    if (group.name !== 'default') return notApplicable('not the default group of its VPC');
    if (rules.length === 0) return pass;
    const ways = ['ingress', 'egress'].filter((way) =>
      rules.some(({ direction }) => direction === way),
    );
    return fail(`the default group has ${ways.join(' and ')} rules`, evidenceOf(rules, 'no rule'));
  },
  remediation: {
    advice:
      'Move what uses the default group to groups of its own, then remove every inbound and outbound rule from it.',
    combined: securityGroupRules,
    part: () => 'everything' as const,
  },
});
