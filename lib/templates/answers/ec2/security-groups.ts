import { isPrivate, networkOf } from '../../../analysis/network/sources.ts';
import type { Part } from '../../part.ts';
import type { Resource, Stack } from '../../stack.ts';
import type { Named } from '../../template.ts';
import { type Answer, type Answers, awsError } from '../answer.ts';
import { blockOf } from '../blocks.ts';

/** A rule as a template writes it, inside of its group or as a resource of its own. */
export interface DeclaredRule {
  readonly part: Part;
  readonly resource: Resource;
}
const inGroup = (group: Resource, property: string): readonly DeclaredRule[] =>
  group.listed(property).map((part) => ({ part, resource: group }));

/** The type of a default group, which a VPC brings along: Terraform alone declares it. */
export const defaultGroup = 'Plumbline::EC2::DefaultSecurityGroup';
/** Terraform knows the default group of a VPC by the VPC too; one that names no VPC is that of the region's default one. */
const idsOf = (stack: Stack, group: Resource): readonly string[] => {
  if (group.declared.type !== defaultGroup) return [group.physicalId];
  const vpc = group.get('VpcId').name();
  const owners = stack
    .all('AWS::EC2::VPC')
    .filter(({ declared: { logicalId }, physicalId }) =>
      vpc === undefined ? /(?:^|\.)aws_default_vpc\./.test(logicalId) : physicalId === vpc,
    );
  const given = owners.map(
    ({ declared: { logicalId } }) => `<${logicalId}.default_security_group_id>`,
  );
  return [group.physicalId, ...given];
};

/** Nobody has so much by himself: a rule that is for less is none of several that are for everybody. */
const widest = { IPv4: 8, IPv6: 16 } as const;
/** The families of which a rule is for a part of the internet that others can make whole. */
const familiesOf = (rule: Named): readonly string[] =>
  ['CidrIp', 'CidrIpv6'].flatMap((name) => {
    const network = networkOf(rule.get(name).name() ?? '');
    const isPart =
      network &&
      network.prefix > 0 &&
      network.prefix <= widest[network.family] &&
      !isPrivate(network);
    return isPart ? [network.family] : [];
  });
/** Whether two rules can be for all of the internet together, though neither is by itself. */
export const addUp = (one: Named, other: Named): boolean => {
  const families = familiesOf(one);
  return families.length > 0 && familiesOf(other).some((family) => families.includes(family));
};

const apart = (stack: Stack, group: Resource, type: string): readonly DeclaredRule[] => {
  const ids = stack.leadingTo(idsOf(stack, group), 'GroupId', type);
  const named = stack.leadingTo([groupName(group), group.physicalId], 'GroupName', type);
  return [...new Set([...ids, ...named])].map((resource) => ({
    part: resource.properties,
    resource,
  }));
};
const groupName = (group: Resource): string =>
  group.get('GroupName').name() ?? group.declared.logicalId;

export const ingressOf = (stack: Stack, group: Resource): readonly DeclaredRule[] => [
  ...inGroup(group, 'SecurityGroupIngress'),
  ...apart(stack, group, 'AWS::EC2::SecurityGroupIngress'),
];
export const egressOf = (stack: Stack, group: Resource): readonly DeclaredRule[] => [
  ...inGroup(group, 'SecurityGroupEgress'),
  ...apart(stack, group, 'AWS::EC2::SecurityGroupEgress'),
];

/** Ports that controls are about, and the ends of all, which no control is about alone. One value may be both ports of a rule. */
const ports = ['22', '65535', '0', '3389', '3306', '443', '445'];
const cidrs = ['0.0.0.0/0', '10.0.0.1/32'];
const cidrs6 = ['::/0', 'fd00::1/128'];

const first = (part: Part, ...names: readonly string[]): string | undefined =>
  names.map((name) => part.get(name).name()).find((name) => name !== undefined);

export const permissionOf = ({ part }: DeclaredRule) => {
  const Description = part.get('Description').name();
  const said = Description === undefined ? {} : { Description };
  const [v4, v6] = [
    blockOf(part.get('CidrIp'), 'IPv4', cidrs),
    blockOf(part.get('CidrIpv6'), 'IPv6', cidrs6),
  ];
  const list = first(part, 'SourcePrefixListId', 'DestinationPrefixListId');
  const group = first(
    part,
    'SourceSecurityGroupId',
    'DestinationSecurityGroupId',
    'SourceSecurityGroupName',
  );
  return {
    IpProtocol: part.get('IpProtocol').text(['tcp', '-1', 'icmp']),
    FromPort: part.get('FromPort').number(ports),
    ToPort: part.get('ToPort').number(ports),
    IpRanges: v4 === undefined ? [] : [{ CidrIp: v4, ...said }],
    Ipv6Ranges: v6 === undefined ? [] : [{ CidrIpv6: v6, ...said }],
    PrefixListIds: list === undefined ? [] : [{ PrefixListId: list, ...said }],
    UserIdGroupPairs: group === undefined ? [] : [{ GroupId: group, ...said }],
  };
};

/** The key of a group that lets nothing out of which no egress is declared. */
export const startsClosed = 'Plumbline::StartsClosed';
// A group of which no egress is declared lets everything out (AWS::EC2::SecurityGroup, SecurityGroupEgress).
const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

const shownGroup = (stack: Stack, group: Resource) => {
  const egress = egressOf(stack, group);
  const isOpen = egress.length === 0 && group.get(startsClosed).flag() !== true;
  return {
    GroupId: group.physicalId,
    GroupName: groupName(group),
    OwnerId: stack.template.deployment.account,
    VpcId: group.get('VpcId').name(),
    IpPermissions: ingressOf(stack, group).map(permissionOf),
    IpPermissionsEgress: isOpen ? [everything] : egress.map(permissionOf),
  };
};

const only = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

const groups: Answer = (stack, { GroupIds }) => {
  const id = only(GroupIds);
  const types = ['AWS::EC2::SecurityGroup', defaultGroup];
  const group = stack.find(types, (one) => one.physicalId === id);
  if (!group) throw awsError('InvalidGroup.NotFound');
  return { SecurityGroups: [shownGroup(stack, group)] };
};

const listNamed = (stack: Stack, id: unknown): Resource => {
  const found = stack.find(['AWS::EC2::PrefixList'], (one) => one.physicalId === id);
  if (!found) throw awsError('InvalidPrefixListID.NotFound');
  return found;
};
const entries: Answer = (stack, { PrefixListId }) => ({
  Entries: listNamed(stack, PrefixListId)
    .get('Entries')
    .items()
    .map((entry) => ({ Cidr: blockOf(entry.get('Cidr'), 'IPv4', cidrs) })),
});
const lists: Answer = (stack, { PrefixListIds }) => {
  const list = listNamed(stack, only(PrefixListIds));
  return {
    PrefixLists: [
      {
        PrefixListId: list.physicalId,
        OwnerId: stack.template.deployment.account,
        AddressFamily: list.get('AddressFamily').text(),
        MaxEntries: list.get('MaxEntries').number(),
      },
    ],
  };
};

/** The ids that rules of a group are known by: their places among those that the template declares. */
export const ruleIds = (
  stack: Stack,
  group: Resource,
): ReadonlyMap<string, DeclaredRule & { readonly isEgress: boolean }> =>
  new Map(
    [
      ...ingressOf(stack, group).map((rule) => ({ ...rule, isEgress: false })),
      ...egressOf(stack, group).map((rule) => ({ ...rule, isEgress: true })),
    ].map((rule, index) => [`sgr-${index}`, rule]),
  );

const identified: Answer = (stack, { Filters }) => {
  const [filter] = Array.isArray(Filters) ? Filters : [];
  const id = only(Reflect.get(Object(filter), 'Values'));
  const group = stack.all('AWS::EC2::SecurityGroup').find((one) => one.physicalId === id);
  if (!group) throw awsError('InvalidGroup.NotFound');
  const rules = [...ruleIds(stack, group)].map(([SecurityGroupRuleId, rule]) => {
    const { IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs, ...ports } = permissionOf(rule);
    const [peer] = UserIdGroupPairs;
    return {
      ...{ SecurityGroupRuleId, IsEgress: rule.isEgress, ...ports },
      CidrIpv4: IpRanges[0]?.CidrIp,
      CidrIpv6: Ipv6Ranges[0]?.CidrIpv6,
      PrefixListId: PrefixListIds[0]?.PrefixListId,
      ReferencedGroupInfo: peer && { GroupId: peer.GroupId },
      Description: rule.part.get('Description').name(),
    };
  });
  return { SecurityGroupRules: rules };
};

export const ec2Answers: Answers = {
  describeSecurityGroupRules: identified,
  // What uses a group does not keep its rules from being declared otherwise.
  describeNetworkInterfaces: () => ({ NetworkInterfaces: [] }),
  describeSecurityGroups: groups,
  getManagedPrefixListEntries: entries,
  describeManagedPrefixLists: lists,
};
