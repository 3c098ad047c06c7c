import { singles } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { databasePortList } from './shared/sources-parameters.ts';
import { anybody } from './shared/untrusted-sources.ts';

const untrusted = anybody();
const questionOf = (ports: readonly number[]) => ({ tcp: singles(ports), untrusted });

export const securityGroupClosesDatabasePorts = defineControl(securityGroup, {
  id: 'PL.EC2.1',
  title: 'Security groups should not open database ports to the internet',
  severity: 'CRITICAL',
  rationale: 'A database on the internet is one password, or one hole, away from being copied.',
  standards: {},
  exposes: true,
  needs: ['rules', 'prefixLists'],
  parameters: { databasePorts: databasePortList() },
  evaluate: ({ rules, prefixLists }, { parameters }) =>
    mustBeClosed(rules, prefixLists, questionOf(parameters.databasePorts)),
  remediation: {
    advice: 'Replace the rule by one that names the security groups of what uses the database.',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html',
    combined: securityGroupRules,
    part: (_, { parameters }) => questionOf(parameters.databasePorts),
  },
});
