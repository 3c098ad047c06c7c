import { defaultGroup, startsClosed } from '../../answers/ec2/security-groups.ts';
import { Holed } from '../../resolution/hole.ts';
import {
  constant,
  declares,
  each,
  first,
  item,
  Made,
  type Mapping,
  type Mappings,
  orElse,
  type Properties,
  same,
  self,
  unlessEmpty,
  word,
} from '../mapping.ts';
import type { View } from '../view.ts';

const ingress = 'AWS::EC2::SecurityGroupIngress';
const egress = 'AWS::EC2::SecurityGroupEgress';

/** The provider takes names and numbers of protocols, and `all` for every one. */
const protocol = (attribute: string): Made =>
  new Made(
    ({ view, from }) => {
      from(view.get(attribute));
      const tree = view.get(attribute).tree();
      return tree === 'all' ? '-1' : tree;
    },
    attribute,
    { inverse: same(attribute) },
  );

/** Whom a rule is for, by the property of CloudFormation's that says it. */
type Peer = readonly [property: string, value: unknown, at: View];

/** A property of a rule for each of the sources that a block of Terraform lists. */
const sourcesIn = (view: View, isIngress: boolean): readonly Peer[] => {
  const way = isIngress ? 'Source' : 'Destination';
  const lists: readonly (readonly [string, string])[] = [
    ['cidr_blocks', 'CidrIp'],
    ['ipv6_cidr_blocks', 'CidrIpv6'],
    ['prefix_list_ids', `${way}PrefixListId`],
    ['security_groups', `${way}SecurityGroupId`],
  ];
  const found = lists.flatMap(([attribute, property]): readonly Peer[] => {
    const at = view.get(attribute);
    const items = at.items();
    if (!(items instanceof Holed)) return items.map((one): Peer => [property, one.tree(), one]);
    // One address that only applying tells leaves the whole list open: the source tells the others.
    const written = at.unknown === true ? at.opener.whole(at) : undefined;
    return Array.isArray(written)
      ? written.map((one): Peer => [property, one, at])
      : [[property, items, at]];
  });
  const group = view.get('source_security_group_id');
  const [given, own] = [group.tree(), view.get('self').tree()];
  const isSelf = own === true || own instanceof Holed;
  const named = `${way}SecurityGroupId`;
  return [
    ...found,
    ...(given === undefined || given === '' ? [] : [[named, given, group] satisfies Peer]),
    ...(isSelf ? [[named, { Ref: view.resource.address }, view.get('self')] satisfies Peer] : []),
  ];
};

const rule =
  (isIngress: boolean) =>
  (view: View): readonly Properties[] =>
    sourcesIn(view, isIngress).map(([property, value, at]) => ({
      IpProtocol: protocol('protocol'),
      FromPort: 'from_port',
      ToPort: 'to_port',
      Description: unlessEmpty('description'),
      [property]: new Made(
        ({ from }) => {
          from(at);
          return value;
        },
        undefined,
        { isFixed: true },
      ),
    }));

/** The rules that stand inside of a group. */
const rules = (blocks: 'ingress' | 'egress'): Made =>
  new Made(({ view, build, from }) => {
    const items = view.get(blocks).items();
    from(view.get(blocks));
    if (items instanceof Holed) return items;
    const all = items.flatMap((item) =>
      rule(blocks === 'ingress')(item).map((spec) => [item, spec] as const),
    );
    return all.map(([item, spec], index) => build(spec, item, index));
  }, blocks);

/** The provider takes away the rule that lets everything out, which AWS gives a new group. */
const group = (as: string, name: Properties[string]): Mapping =>
  declares(
    as,
    {
      GroupName: name,
      VpcId: 'vpc_id',
      SecurityGroupIngress: rules('ingress'),
      SecurityGroupEgress: rules('egress'),
      [startsClosed]: constant(true),
    },
    { id: 'id', names: ['id'] },
  );

const isFor =
  (way: 'ingress' | 'egress') =>
  (view: View): readonly Properties[] => {
    const type = view.get('type').tree();
    if (type !== way && !(type instanceof Holed)) return [];
    return rule(way === 'ingress')(view).map((spec) => ({ ...spec, GroupId: 'security_group_id' }));
  };
const ruleOf = (way: 'Source' | 'Destination'): Properties => ({
  GroupId: 'security_group_id',
  IpProtocol: protocol('ip_protocol'),
  FromPort: 'from_port',
  ToPort: 'to_port',
  Description: unlessEmpty('description'),
  CidrIp: 'cidr_ipv4',
  CidrIpv6: 'cidr_ipv6',
  [`${way}PrefixListId`]: 'prefix_list_id',
  [`${way}SecurityGroupId`]: 'referenced_security_group_id',
});

const action = word('action', { allow: 'allow', deny: 'deny', ALLOW: 'allow', DENY: 'deny' });
const entry = (isEgress: boolean): Properties => ({
  NetworkAclId: self,
  RuleNumber: 'rule_no',
  Egress: constant(isEgress),
  RuleAction: action,
  Protocol: aclProtocol('protocol'),
  CidrBlock: unlessEmpty('cidr_block'),
  Ipv6CidrBlock: unlessEmpty('ipv6_cidr_block'),
  PortRange: { From: 'from_port', To: 'to_port' },
});
/** IANA's numbers, as CloudFormation has them. */
const aclProtocol = (attribute: string): Made =>
  new Made(
    ({ view, from }) => {
      from(view.get(attribute));
      const tree = view.get(attribute).tree();
      const numbers: Readonly<Record<string, string>> = {
        all: '-1',
        tcp: '6',
        udp: '17',
        icmp: '1',
        icmpv6: '58',
      };
      return typeof tree === 'string' ? (numbers[tree.toLowerCase()] ?? tree) : tree;
    },
    attribute,
    { inverse: same(attribute) },
  );
const aclEntry = 'AWS::EC2::NetworkAclEntry';
const networkAcl: Mappings[string] = {
  id: 'id',
  names: ['id'],
  declares: [
    { as: 'AWS::EC2::NetworkAcl', properties: { VpcId: 'vpc_id' } },
    { as: aclEntry, each: 'ingress', properties: entry(false) },
    { as: aclEntry, each: 'egress', properties: entry(true) },
  ],
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group */
export const networkTypes: Mappings = {
  aws_security_group: group('AWS::EC2::SecurityGroup', first('name')),
  aws_default_security_group: group(defaultGroup, constant('default')),
  aws_security_group_rule: {
    declares: [
      { as: ingress, properties: isFor('ingress') },
      { as: egress, properties: isFor('egress') },
    ],
  },
  aws_vpc_security_group_ingress_rule: declares(ingress, ruleOf('Source')),
  aws_vpc_security_group_egress_rule: declares(egress, ruleOf('Destination')),
  aws_ec2_managed_prefix_list: declares(
    'AWS::EC2::PrefixList',
    {
      AddressFamily: 'address_family',
      MaxEntries: 'max_entries',
      Entries: each('entry', { Cidr: 'cidr' }),
    },
    { id: 'id', names: ['id'] },
  ),
  aws_ec2_managed_prefix_list_entry: declares(
    'AWS::EC2::PrefixList',
    { Entries: item({ Cidr: 'cidr' }, 'cidr') },
    { of: { by: 'prefix_list_id', name: 'Plumbline::Id' } },
  ),
  aws_vpc: declares('AWS::EC2::VPC', {}, { id: 'id', names: ['id'] }),
  aws_default_vpc: declares('AWS::EC2::VPC', {}, { id: 'id', names: ['id'] }),
  aws_subnet: declares(
    'AWS::EC2::Subnet',
    {
      MapPublicIpOnLaunch: 'map_public_ip_on_launch',
      AvailabilityZone: 'availability_zone',
      VpcId: 'vpc_id',
    },
    { id: 'id', names: ['id'] },
  ),
  // The default subnets of AWS assign public addresses, and the provider leaves them so.
  aws_default_subnet: declares(
    'AWS::EC2::Subnet',
    {
      MapPublicIpOnLaunch: orElse('map_public_ip_on_launch', true),
      AvailabilityZone: 'availability_zone',
    },
    { id: 'id', names: ['id'] },
  ),
  aws_flow_log: declares('AWS::EC2::FlowLog', {
    ResourceId: first('vpc_id', 'subnet_id', 'eni_id', 'transit_gateway_id'),
    TrafficType: 'traffic_type',
  }),
  aws_vpc_endpoint: declares('AWS::EC2::VPCEndpoint', {
    VpcId: 'vpc_id',
    ServiceName: 'service_name',
  }),
  aws_ec2_transit_gateway: declares(
    'AWS::EC2::TransitGateway',
    {
      AutoAcceptSharedAttachments: orElse('auto_accept_shared_attachments', 'disable'),
    },
    { id: 'id', names: ['id'] },
  ),
  aws_network_acl: networkAcl,
  // The provider takes the rules of the default one over, and puts these in their place.
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl
  aws_default_network_acl: networkAcl,
  aws_network_acl_rule: declares(aclEntry, {
    NetworkAclId: 'network_acl_id',
    RuleNumber: 'rule_number',
    Egress: 'egress',
    RuleAction: word('rule_action', { allow: 'allow', deny: 'deny' }),
    Protocol: aclProtocol('protocol'),
    CidrBlock: unlessEmpty('cidr_block'),
    Ipv6CidrBlock: unlessEmpty('ipv6_cidr_block'),
    PortRange: { From: 'from_port', To: 'to_port' },
  }),
};
