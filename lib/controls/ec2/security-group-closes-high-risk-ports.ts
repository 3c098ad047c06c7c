import { single } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { anybody } from './shared/untrusted-sources.ts';

/** The list of Security Hub, which cannot be changed there either. */
const highRiskPorts = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500,
  5601, 8080, 8088, 8888, 9200, 9300,
];
const query = {
  tcp: highRiskPorts.map(single),
  // Stricter than restricted-common-ports, which looks at TCP: SQL Server's browser answers on UDP 1434
  // alone, and RDP moves to UDP 3389. The others are served over TCP.
  udp: [1434, 3389].map(single),
  untrusted: anybody(),
};

export const securityGroupClosesHighRiskPorts = defineControl(securityGroup, {
  id: 'EC2.19',
  title: 'Security groups should not allow unrestricted access to ports with high risk',
  severity: 'CRITICAL',
  rationale:
    'Behind these ports are databases, remote shells, mail and development servers, which are attacked first.',
  standards: {
    'fsbp-1.0.0': ['EC2.19'],
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(21)',
      'CA-9(1)',
      'CM-2',
      'CM-2(2)',
      'CM-7',
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
  evaluate: ({ rules, prefixLists }) => mustBeClosed(rules, prefixLists, query),
  remediation: {
    advice:
      'Remove the rule, or let in only the security groups or address ranges that use the port.',
    combined: securityGroupRules,
    part: () => query,
  },
});
