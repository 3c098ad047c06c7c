import { single } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { anybody } from './shared/untrusted-sources.ts';

// Stricter than restricted-common-ports, which looks at TCP: RDP sends its data over UDP 3389 where it can.
const query = { tcp: [single(3389)], udp: [single(3389)], untrusted: anybody() };

export const securityGroupClosesRdp = defineControl(securityGroup, {
  id: 'EC2.14',
  title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389',
  severity: 'HIGH',
  rationale: 'Remote Desktop on the internet is a common way in for ransomware.',
  standards: { 'pci-dss-4.0.1': ['1.3.1'] },
  exposes: true,
  needs: ['rules', 'prefixLists'],
  evaluate: ({ rules, prefixLists }) => mustBeClosed(rules, prefixLists, query),
  remediation: {
    advice:
      'Replace the rule by one that names the addresses or the security group of your bastion or VPN, or use Fleet Manager, which needs no open port.',
    combined: securityGroupRules,
    part: () => query,
  },
});
