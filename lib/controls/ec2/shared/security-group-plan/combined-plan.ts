import { defineCombinedRemediation } from '../../../../model/control.ts';
import { securityGroup } from '../../../../resources/ec2/security-group.ts';
import type { Part } from './contribution.ts';
import { decision } from './decision.ts';

const isDefault = ({ name }: { readonly name: string }): boolean => name === 'default';
const besideGroup = (arn: string, kind: string): string => arn.replace(/security-group\/.*$/, kind);
/** EC2 checks every rule of a call, and these are the group's own, which the session may change alone. */
const rulesOf = (arn: string): string => besideGroup(arn, 'security-group-rule/*');
// A list may be another account's, or AWS's own.
const listsOf = (arn: string): string =>
  besideGroup(arn, 'prefix-list/*').replace(/:[^:]*(:prefix-list)/, ':*$1');

/** The rules of a group, less what its controls forbid: one plan, whichever of them failed. */
export const securityGroupRules = defineCombinedRemediation(securityGroup, {
  name: 'securityGroupRules',
  needs: ['group', 'identifiedRules', 'prefixLists', 'prefixListCapacities', 'interfaces'],
  grants: [
    {
      actions: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupIngress'],
      on: ({ arn }) => [arn],
    },
    {
      actions: ['ec2:ModifySecurityGroupRules'],
      on: ({ arn }, { identifiedRules }) => [
        arn,
        rulesOf(arn),
        ...(identifiedRules.some(({ peer }) => peer.kind === 'prefixList') ? [listsOf(arn)] : []),
      ],
    },
    {
      // Only of a default group, EC2.2 closes what goes out.
      actions: ['ec2:AuthorizeSecurityGroupEgress', 'ec2:RevokeSecurityGroupEgress'],
      on: ({ arn }, { group }) => (isDefault(group) ? [arn] : []),
    },
    {
      // A rule that is authorized with tags is checked itself.
      actions: [
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:AuthorizeSecurityGroupEgress',
        'ec2:CreateTags',
      ],
      on: ({ arn }, { identifiedRules }) =>
        identifiedRules.some(({ tags }) => Object.keys(tags).length > 0) ? [rulesOf(arn)] : [],
    },
  ],
  plan: (state, parts: readonly Part[], { ref }) => decision(state, parts, ref),
});
