import { single } from '../../analysis/network/ports.ts';
import { defineControl, notApplicable } from '../../model/control.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { mustBeClosed } from './shared/open-ports.ts';
import { securityGroupRules } from './shared/security-group-plan/combined-plan.ts';
import { sourceList } from './shared/sources-parameters.ts';
import { beyondNamed } from './shared/untrusted-sources.ts';

const questionOf = (adminSources: readonly string[], groupId: string) => ({
  tcp: [22, 3389].map(single),
  udp: [single(3389)],
  untrusted: beyondNamed(adminSources.map((source) => (source === 'self' ? groupId : source))),
});

export const securityGroupAdmitsAdminsFromNamedSources = defineControl(securityGroup, {
  id: 'PL.EC2.5',
  title: 'Security groups should allow SSH and RDP only from the bastions and VPNs that are named',
  severity: 'HIGH',
  rationale:
    'One way in can be watched and guarded; a second one, even from inside, lets an intruder move on unseen.',
  standards: {},
  needs: ['rules', 'prefixLists'],
  parameters: { adminSources: sourceList() },
  evaluate({ rules, prefixLists }, { ref, parameters: { adminSources } }) {
    if (adminSources.length === 0) return notApplicable('the baseline names no adminSources');
    return mustBeClosed(rules, prefixLists, questionOf(adminSources, ref.id));
  },
  remediation: {
    advice:
      'Let SSH and RDP in only from the sources that the baseline names, or add the source there if it is a bastion or a VPN.',
    url: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    combined: securityGroupRules,
    part: (_, { ref, parameters }) => questionOf(parameters.adminSources, ref.id),
  },
});
