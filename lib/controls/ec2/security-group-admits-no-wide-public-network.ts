import { portsBut } from '../../analysis/network/ports.ts';
import { defineControl } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { portList, prefixLength } from './shared/sources-parameters.ts';
import { wideNetworks } from './shared/untrusted-sources.ts';

interface WidestNetworks {
  readonly widestIpv4Prefix: number;
  readonly widestIpv6Prefix: number;
  readonly publicTcpPorts: readonly number[];
  readonly publicUdpPorts: readonly number[];
}
const questionOf = (settings: WidestNetworks, listOwners: Readonly<Record<string, string>>) => {
  const prefixes = { IPv4: settings.widestIpv4Prefix, IPv6: settings.widestIpv6Prefix };
  return {
    tcp: portsBut(settings.publicTcpPorts),
    udp: portsBut(settings.publicUdpPorts),
    otherProtocols: 'closed',
    untrusted: wideNetworks(prefixes, listOwners),
  } as const;
};

export const securityGroupAdmitsNoWidePublicNetwork = defineControl(securityGroup, {
  id: 'PL.EC2.4',
  title: 'Security groups should not admit wide public networks on ports that are not public',
  severity: 'MEDIUM',
  rationale:
    'A network of many thousand public addresses holds strangers, however deliberate the rule looks.',
  standards: {},
  needs: ['rules', 'prefixLists', 'prefixListOwners'],
  parameters: {
    widestIpv4Prefix: prefixLength({ default: 24, max: 32 }),
    widestIpv6Prefix: prefixLength({ default: 48, max: 128 }),
    publicTcpPorts: portList([80, 443]),
    publicUdpPorts: portList([]),
  },
  evaluate: ({ rules, prefixLists, prefixListOwners }, { parameters }) =>
    mustBeClosed(rules, prefixLists, questionOf(parameters, prefixListOwners)),
  remediation: {
    advice:
      'Name the addresses that are needed, at most a /24 of IPv4 or a /48 of IPv6 together unless the baseline says otherwise, or let them in through a VPN.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    combined: securityGroupRules,
    part: ({ prefixListOwners }, { parameters }) => questionOf(parameters, prefixListOwners),
  },
});
