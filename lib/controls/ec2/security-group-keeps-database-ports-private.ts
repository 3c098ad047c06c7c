import { singles } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { databasePortList, networkList } from './shared/sources-parameters.ts';
import { beyondPrivate } from './shared/untrusted-sources.ts';

interface DatabasePorts {
  readonly databasePorts: readonly number[];
  readonly privateNetworks: readonly string[];
}
const questionOf = ({ databasePorts, privateNetworks }: DatabasePorts) => ({
  tcp: singles(databasePorts),
  untrusted: beyondPrivate(privateNetworks),
});

// The IPv6 addresses of a VPC are public ones, and some VPCs use public IPv4 addresses inside: their
// networks are private only where the baseline names them.
export const securityGroupKeepsDatabasePortsPrivate = defineControl(securityGroup, {
  id: 'PL.EC2.2',
  title: 'Security groups should open database ports only to security groups and private networks',
  severity: 'HIGH',
  rationale:
    'A public address in front of a database, even a single one, is a path past everything inside the VPC.',
  standards: {},
  needs: ['rules', 'prefixLists'],
  parameters: { databasePorts: databasePortList(), privateNetworks: networkList() },
  evaluate: ({ rules, prefixLists }, { parameters }) =>
    mustBeClosed(rules, prefixLists, questionOf(parameters)),
  remediation: {
    advice:
      'Let in the security groups of what uses the database; reach it from outside through a VPN or a bastion, or name the network in the baseline.',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html',
    combined: securityGroupRules,
    part: (_, { parameters }) => questionOf(parameters),
  },
});
