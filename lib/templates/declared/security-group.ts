import { ruleText } from '../../controls/ec2/shared/open-ports-evidence.ts';
import { securityGroup } from '../../resources/ec2/security-group.ts';
import { rulesOf } from '../../resources/ec2/security-group-rules.ts';
import {
  addUp,
  type DeclaredRule,
  defaultGroup,
  egressOf,
  ingressOf,
  permissionOf,
} from '../answers/ec2/security-groups.ts';
import { givenId } from '../resolution/identities.ts';
import type { DeclaredType } from './declared-type.ts';

const textsOf = (rule: DeclaredRule, direction: 'IpPermissions' | 'IpPermissionsEgress') =>
  rulesOf({ [direction]: [permissionOf(rule)] }).map(ruleText);

const byGroup = { name: givenId, by: ['GroupId', 'GroupName'], together: addUp };

export const declaredSecurityGroup: DeclaredType = {
  type: securityGroup,
  as: 'AWS::EC2::SecurityGroup',
  id: ({ physicalId }) => physicalId,
  leftOut: { 'EC2.2': 'a VPC brings its default group along, and no template declares it' },
  parts: { 'AWS::EC2::SecurityGroupIngress': byGroup },
  placeOf(resource, stack, evidence) {
    const text = /^rules\[(.*)\]$/.exec(evidence)?.[1] ?? '';
    const { isPart } = resource.declared;
    const isOwn = (rule: DeclaredRule) => rule.resource.declared.logicalId === isPart?.by;
    const named =
      ingressOf(stack, resource).find((rule) => textsOf(rule, 'IpPermissions').includes(text)) ??
      egressOf(stack, resource).find((rule) => textsOf(rule, 'IpPermissionsEgress').includes(text));
    // What a rule opens together with others is told of it.
    const found = named && isPart && !isOwn(named) ? ingressOf(stack, resource).find(isOwn) : named;
    return found && { declared: found.resource.declared, path: found.part.path };
  },
};

export const declaredDefaultGroup: DeclaredType = {
  type: declaredSecurityGroup.type,
  as: defaultGroup,
  id: declaredSecurityGroup.id,
  placeOf: declaredSecurityGroup.placeOf,
};
