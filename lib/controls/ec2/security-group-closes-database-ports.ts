import { securityGroup } from '../../resources/security-group.ts';
import { defineControl } from '../control.ts';
import { mustBeClosed } from '../judgement/open-ports.ts';
import { anybody } from '../judgement/open-ports-outsiders.ts';
import { single } from '../judgement/ports.ts';
import { databasePortList } from '../judgement/sources-parameters.ts';

const outsiders = anybody();

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
    mustBeClosed(rules, prefixLists, { tcp: parameters.databasePorts.map(single), outsiders }),
  remediation: {
    advice: 'Replace the rule by one that names the security groups of what uses the database.',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html',
  },
});
