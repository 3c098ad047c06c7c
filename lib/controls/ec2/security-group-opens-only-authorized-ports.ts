import { portsBut } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { portList } from './shared/sources-parameters.ts';
import { anybody } from './shared/untrusted-sources.ts';

interface AuthorizedPorts {
  readonly authorizedTcpPorts: readonly number[];
  readonly authorizedUdpPorts: readonly number[];
}
const untrusted = anybody();
const questionOf = ({ authorizedTcpPorts, authorizedUdpPorts }: AuthorizedPorts) =>
  ({
    tcp: portsBut(authorizedTcpPorts),
    udp: portsBut(authorizedUdpPorts),
    otherProtocols: 'closed',
    untrusted,
  }) as const;

// vpc-sg-open-only-to-authorized-ports answers NOT_APPLICABLE for a group that is open to nobody; that is a
// PASS here, so that closing the last port ends the episode. Like the rule, it evaluates TCP and UDP, not ICMP.
export const securityGroupOpensOnlyAuthorizedPorts = defineControl(securityGroup, {
  id: 'EC2.18',
  title: 'Security groups should only allow unrestricted incoming traffic for authorized ports',
  severity: 'HIGH',
  rationale: 'A port that was not meant for the public is one that nobody hardened for it.',
  standards: {
    'fsbp-1.0.0': ['EC2.18'],
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
  exposes: true,
  needs: ['rules', 'prefixLists'],
  parameters: { authorizedTcpPorts: portList([80, 443]), authorizedUdpPorts: portList([]) },
  evaluate: ({ rules, prefixLists }, { parameters }) =>
    mustBeClosed(rules, prefixLists, questionOf(parameters)),
  remediation: {
    advice:
      'Let in the public only on the ports that serve it, and name those in the baseline where they are not 80 and 443.',
    combined: securityGroupRules,
    part: (_, { parameters }) => questionOf(parameters),
  },
});
