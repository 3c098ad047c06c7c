import { single } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { anybody } from './shared/untrusted-sources.ts';

const query = { tcp: [single(445)], udp: [], untrusted: anybody() };

export const securityGroupClosesCifs = defineControl(securityGroup, {
  id: 'PL.EC2.11',
  title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 445',
  severity: 'HIGH',
  rationale:
    'Worms come in by file sharing of Windows, which needs no password where it has a hole.',
  standards: { 'cis-aws-5.0.0': ['5.1.2'] },
  exposes: true,
  needs: ['rules', 'prefixLists'],
  evaluate: ({ rules, prefixLists }) => mustBeClosed(rules, prefixLists, query),
  remediation: {
    advice:
      'Replace the rule by one that names the addresses or the security group of those who use the share, or reach it by a VPN.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    combined: securityGroupRules,
    part: () => query,
  },
});
