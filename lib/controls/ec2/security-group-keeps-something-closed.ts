import { portsBut } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { anybody } from './shared/untrusted-sources.ts';

// A rule for all traffic opens every port of TCP and of UDP. Nothing is served on port 0.
const everyPort = portsBut([0]);
const query = {
  tcp: everyPort,
  udp: everyPort,
  altogether: true,
  untrusted: anybody(),
  otherProtocols: 'closed',
} as const;

export const securityGroupKeepsSomethingClosed = defineControl(securityGroup, {
  id: 'PL.EC2.3',
  title: 'Security groups should not open every protocol or every port to the internet',
  severity: 'CRITICAL',
  rationale: 'A group that lets in everything from everywhere is no firewall at all.',
  standards: {},
  exposes: true,
  needs: ['rules', 'prefixLists'],
  evaluate: ({ rules, prefixLists }) => mustBeClosed(rules, prefixLists, query),
  remediation: {
    advice: 'Replace the rule by rules for the ports that are served, and for those who use them.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    combined: securityGroupRules,
    part: () => query,
  },
});
