import { singles } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { portList } from './shared/sources-parameters.ts';
import { anybody } from './shared/untrusted-sources.ts';

const untrusted = anybody('IPv6');
// vpc-sg-port-restriction-check looks at TCP, UDP and all traffic unless it is told otherwise.
const questionOf = (restrictPorts: readonly number[]) => {
  const ports = singles(restrictPorts);
  return { tcp: ports, udp: ports, untrusted };
};

export const securityGroupClosesAdminPortsOverIpv6 = defineControl(securityGroup, {
  id: 'EC2.54',
  title:
    'EC2 security groups should not allow ingress from ::/0 to remote server administration ports',
  severity: 'HIGH',
  rationale: 'A rule for IPv6 is easily forgotten, and opens SSH or RDP just as one for IPv4 does.',
  standards: { 'cis-aws-3.0.0': ['5.3'], 'cis-aws-5.0.0': ['5.4'] },
  exposes: true,
  needs: ['rules', 'prefixLists'],
  parameters: { restrictPorts: portList([22, 3389]) },
  evaluate: ({ rules, prefixLists }, { parameters }) =>
    mustBeClosed(rules, prefixLists, questionOf(parameters.restrictPorts)),
  remediation: {
    advice:
      'Replace the rule by one that names the addresses or the security group of your bastion or VPN, or use Session Manager, which needs no open port.',
    combined: securityGroupRules,
    part: (_, { parameters }) => questionOf(parameters.restrictPorts),
  },
});
