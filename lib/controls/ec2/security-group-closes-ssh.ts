import { single } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { anybody } from './shared/untrusted-sources.ts';

const query = { tcp: [single(22)], untrusted: anybody() };

export const securityGroupClosesSsh = defineControl(securityGroup, {
  id: 'EC2.13',
  title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
  severity: 'HIGH',
  rationale: 'An SSH server that the internet reaches is found within minutes and tried for ever.',
  standards: {
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(21)',
      'CM-7',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(21)',
      'SC-7(4)',
      'SC-7(5)',
    ],
    'pci-dss-4.0.1': ['1.3.1'],
  },
  exposes: true,
  needs: ['rules', 'prefixLists'],
  evaluate: ({ rules, prefixLists }) => mustBeClosed(rules, prefixLists, query),
  remediation: {
    advice:
      'Replace the rule by one that names the addresses or the security group of your bastion or VPN, or use Session Manager, which needs no open port.',
    combined: securityGroupRules,
    part: () => query,
  },
});
