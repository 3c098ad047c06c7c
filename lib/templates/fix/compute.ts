import { asRecord, list, text } from '../../support/untyped.ts';
import { type DeclaredRule, ruleIds } from '../answers/ec2/security-groups.ts';
import { permissionsOf, urlOf } from '../answers/lambda.ts';
import type { Edit } from '../edit/tree-edits.ts';
import { addingResource, inProperties, setting, type Write, type Writes } from './write.ts';

const cidrOf = (rule: Readonly<Record<string, unknown>>) => ({
  IpProtocol: rule['IpProtocol'],
  FromPort: rule['FromPort'],
  ToPort: rule['ToPort'],
  CidrIp: rule['CidrIpv4'],
  CidrIpv6: rule['CidrIpv6'],
});

/** What a rule says otherwise than before, at its own place. */
const changed = (
  { part, resource }: DeclaredRule,
  rule: Readonly<Record<string, unknown>>,
): readonly Edit[] =>
  Object.entries(cidrOf(rule)).flatMap(([name, value]): readonly Edit[] => {
    const path = inProperties(resource.declared, [...part.path, name]);
    const held = part.get(name);
    if (value === undefined || value === null) return held.isSet ? [{ path, remove: true }] : [];
    return held.isSet && held.text() === String(value) ? [] : [{ path, value }];
  });

/** From behind: the places of the others stay what they are. */
const taken = (rules: readonly DeclaredRule[]): readonly Edit[] =>
  rules.toReversed().map(({ part, resource: { declared } }) => ({
    path: part.path.length > 0 ? inProperties(declared, part.path) : declared.path,
    remove: true as const,
  }));

const revoked: Write = (input, { resource, stack }) => {
  const known = ruleIds(stack, resource);
  const ids = list(input['SecurityGroupRuleIds']).map(String);
  const rules = ids.flatMap((id) => known.get(id) ?? []);
  return rules.length === ids.length ? taken(rules) : undefined;
};

const peersOf = (permission: Readonly<Record<string, unknown>>): readonly object[] => [
  ...list(permission['IpRanges']).map(asRecord),
  ...list(permission['Ipv6Ranges']).map(asRecord),
  ...list(permission['PrefixListIds']).map((one) => {
    const { PrefixListId: SourcePrefixListId, ...more } = asRecord(one);
    return { SourcePrefixListId, ...more };
  }),
];

/** A rule that a plan adds stands in its group, after the others. */
const authorized: Write = (input, { resource }) => {
  const path = inProperties(resource.declared, ['SecurityGroupIngress']);
  return list(input['IpPermissions']).flatMap((one) => {
    const { IpProtocol, FromPort, ToPort } = asRecord(one);
    const ports = {
      IpProtocol,
      ...(FromPort === undefined ? {} : { FromPort }),
      ...(ToPort === undefined ? {} : { ToPort }),
    };
    return peersOf(asRecord(one)).map((peer): Edit => ({ path, append: { ...ports, ...peer } }));
  });
};

export const ec2Writes: Writes = {
  authorizeSecurityGroupIngress: authorized,
  revokeSecurityGroupIngress: revoked,
  revokeSecurityGroupEgress: revoked,
  modifySecurityGroupRules: (input, { resource, stack }) => {
    const known = ruleIds(stack, resource);
    return list(input['SecurityGroupRules']).flatMap((one) => {
      const { SecurityGroupRuleId: id, SecurityGroupRule: rule } = asRecord(one);
      const found = known.get(text(id) ?? '');
      return found ? changed(found, asRecord(rule)) : [];
    });
  },
  modifyTransitGateway: (input, { resource }) =>
    setting(
      resource,
      ['AutoAcceptSharedAttachments'],
      asRecord(input['Options'])['AutoAcceptSharedAttachments'],
    ),
  createNetworkAclEntry: (input, writing) => {
    const { logicalId } = writing.resource.declared;
    const { RuleNumber, ...rest } = input;
    return addingResource(writing, `${logicalId}Entry${RuleNumber}`, 'AWS::EC2::NetworkAclEntry', {
      ...rest,
      NetworkAclId: { Ref: logicalId },
      RuleNumber,
    });
  },
  modifyInstanceMetadataOptions: (input, { resource }) =>
    setting(resource, ['MetadataOptions', 'HttpTokens'], input['HttpTokens']),
  modifySubnetAttribute: (input, { resource }) =>
    setting(resource, ['MapPublicIpOnLaunch'], asRecord(input['MapPublicIpOnLaunch'])['Value']),
  enableSnapshotBlockPublicAccess: (input, { resource }) =>
    setting(resource, ['State'], input['State']),
  modifyVpcBlockPublicAccessOptions: (input, { resource }) =>
    setting(resource, ['InternetGatewayBlockMode'], input['InternetGatewayBlockMode']),
};

export const lambdaWrites: Writes = {
  removePermission: (input, { resource, stack }) => {
    const alias = text(input['Qualifier']);
    const found = permissionsOf(stack, resource, alias).find(
      ({ declared }) => declared.logicalId === input['StatementId'],
    );
    return found && [{ path: found.declared.path, remove: true }];
  },
  updateFunctionUrlConfig: (input, { resource, stack }) => {
    const url = urlOf(stack, resource, text(input['Qualifier']));
    return url && setting(url, ['AuthType'], input['AuthType']);
  },
};
export const cloudtrailWrites: Writes = {
  updateTrail: ({ EnableLogFileValidation, Name: _, ...others }, { resource }) =>
    Object.keys(others).length > 0
      ? undefined
      : setting(resource, ['EnableLogFileValidation'], EnableLogFileValidation),
  startLogging: ({ Name }, { stack }) => {
    const found = stack.all('AWS::CloudTrail::Trail').find((one) => one.name === Name);
    return found && setting(found, ['IsLogging'], true);
  },
};
