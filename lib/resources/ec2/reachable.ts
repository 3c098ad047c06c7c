import type { Instance, InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import type { IamAction } from '../../model/calls.ts';
import type { Reachable, Reader, Ref, WayAnnouncement } from '../../model/resource-type.ts';
import type { Ports, WayIn, WaysIn } from '../../model/ways-in.ts';
import { ec2 } from '../../services/ec2.ts';
import { elbv2 } from '../../services/elbv2.ts';
import { named } from '../ids.ts';
import { balancerActions, balancersBefore } from './balancers-before.ts';
import { admittedBy, gateActions, gatesOf } from './gates.ts';

/** What EC2 changes between the internet and a subnet. Whatever it names of that is what an answer hangs on. */
export const networkAnnouncements: readonly WayAnnouncement[] = [
  {
    source: ec2.eventSource,
    calls: [
      ...['CreateRoute', 'ReplaceRoute', 'DeleteRoute'],
      ...['AssociateRouteTable', 'AttachInternetGateway', 'DetachInternetGateway'],
      ...['CreateNetworkAclEntry', 'ReplaceNetworkAclEntry', 'DeleteNetworkAclEntry'],
      ...['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress'],
      ...['ModifySecurityGroupRules', 'ModifyManagedPrefixList', 'RestoreManagedPrefixListVersion'],
    ],
    // A table that is associated is new to the subnet; a gateway is known by its VPC alone.
    idsIn: named({
      request: ['subnetId', 'vpcId', 'routeTableId', 'networkAclId', 'groupId', 'prefixListId'],
    }),
  },
  {
    // They name an association, an exclusion, or the region.
    source: ec2.eventSource,
    calls: [
      ...['DisassociateRouteTable', 'ReplaceRouteTableAssociation', 'ReplaceNetworkAclAssociation'],
      ...['ModifyVpcBlockPublicAccessOptions', 'CreateVpcBlockPublicAccessExclusion'],
      ...['ModifyVpcBlockPublicAccessExclusion', 'DeleteVpcBlockPublicAccessExclusion'],
    ],
    idsIn: () => 'all',
  },
];

/** The load balancer whose listener, or rule of a listener, an ARN names. */
const balancerOfListener = (text: string): string =>
  text.replace(/:listener(?:-rule)?\/((?:app|net|gwy)\/[^/]+\/[^/]+)\/.*$/, ':loadbalancer/$1');

const forwards = (actions: string): readonly string[] => [
  `${actions}.targetGroupArn`,
  `${actions}.forwardConfig.targetGroups.targetGroupArn`,
];

/** A target that is registered is not known to be behind the group yet: the event names it itself. */
const balancerAnnouncements: readonly WayAnnouncement[] = [
  {
    source: elbv2.eventSource,
    calls: ['RegisterTargets', 'DeregisterTargets'],
    idsIn: named({ request: ['targets.id', 'targetGroupArn'] }),
  },
  {
    // What is passed on to a group becomes a way by it: the instance hangs on each group that holds it.
    source: elbv2.eventSource,
    calls: [
      ...['CreateListener', 'ModifyListener', 'DeleteListener'],
      ...['CreateRule', 'ModifyRule', 'DeleteRule', 'DeleteLoadBalancer', 'DeleteTargetGroup'],
      ...['SetSecurityGroups', 'SetSubnets', 'SetIpAddressType'],
    ],
    idsIn: named({
      request: [
        ...['loadBalancerArn', 'listenerArn', 'ruleArn', 'targetGroupArn'],
        ...forwards('defaultActions'),
        ...forwards('actions'),
      ],
      response: ['listeners.loadBalancerArn', 'rules.ruleArn'],
      idOf: balancerOfListener,
      otherwise: 'none',
    }),
  },
  {
    source: elbv2.eventSource,
    calls: ['RegisterInstancesWithLoadBalancer', 'DeregisterInstancesFromLoadBalancer'],
    idsIn: named({ request: ['instances.instanceId'] }),
  },
  {
    // Calls on Classic Load Balancers name them.
    source: elbv2.eventSource,
    calls: [
      ...['CreateLoadBalancerListeners', 'DeleteLoadBalancerListeners', 'DeleteLoadBalancer'],
      ...['ApplySecurityGroupsToLoadBalancer', 'AttachLoadBalancerToSubnets'],
      'DetachLoadBalancerFromSubnets',
    ],
    idsIn: named({ request: ['loadBalancerName'], otherwise: 'none' }),
  },
];

/** Something with an address in subnets of a VPC, and its security groups. */
export interface Placed {
  readonly at: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly families: WayIn['families'];
  readonly ports?: readonly Ports[];
}

/** Nothing leads to it, until it is given an address; that is a change of its own. */
export const noWay: WaysIn = { ways: [], through: [] };

/** The way to it, and what it hangs on. */
export const wayTo = async (reader: Reader, placed: Placed): Promise<WaysIn> => {
  const { at, vpc, subnets, groups, families, ports } = placed;
  if (families.length === 0) return noWay;
  const [gates, { admits, lists }] = await Promise.all([
    gatesOf(reader, vpc, subnets),
    admittedBy(reader, groups),
  ]);
  const isHidden = gates.length < new Set(subnets).size;
  return {
    ways:
      gates.length === 0
        ? []
        : [{ at, families, gates, groups, admits, ...(ports ? { ports } : {}) }],
    through: [vpc, ...subnets, ...lists],
    ...(isHidden ? { unseen: 'the routes or the network ACL of a subnet' } : {}),
  };
};

/** All of these ways, to one resource. */
export const joinedWays = (all: readonly WaysIn[], through: readonly string[]): WaysIn => {
  const unseen = new Set(all.flatMap((one) => one.unseen ?? []));
  return {
    ways: all.flatMap((one) => one.ways),
    through: [...through, ...all.flatMap((one) => one.through)],
    ...(unseen.size > 0 ? { unseen: [...unseen].join(', ') } : {}),
  };
};

/** What a kind of database needs to be looked at, beside describing it. */
export const databaseReachable = (
  actions: readonly IamAction[],
  placed: (reader: Reader, ref: Ref) => Promise<Placed | undefined>,
): Reachable => ({
  actions: [...actions, ...gateActions],
  announcements: networkAnnouncements,
  read: async (reader, ref) => {
    const one = await placed(reader, ref);
    return one ? wayTo(reader, one) : noWay;
  },
});

const familiesOf = (one: InstanceNetworkInterface): WayIn['families'] => {
  const { Association, PrivateIpAddresses = [], Ipv6Addresses = [] } = one;
  const isPublic = [Association, ...PrivateIpAddresses.map((each) => each.Association)].some(
    (each) => each?.PublicIp !== undefined,
  );
  return [
    ...(isPublic ? (['IPv4'] as const) : []),
    ...(Ipv6Addresses.length > 0 ? (['IPv6'] as const) : []),
  ];
};

const placedAt = (one: InstanceNetworkInterface): Placed => ({
  at: one.NetworkInterfaceId ?? '',
  vpc: one.VpcId ?? '',
  subnets: [one.SubnetId ?? []].flat(),
  groups: (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
  families: familiesOf(one),
});

const behindBalancers = async (
  reader: Reader,
  id: string,
  interfaces: readonly InstanceNetworkInterface[],
): Promise<WaysIn> => {
  const [first] = interfaces;
  if (!first?.VpcId) return noWay;
  const placed = interfaces.map(placedAt);
  const groups = [...new Set(placed.flatMap((one) => one.groups))];
  return balancersBefore(reader, {
    id,
    vpc: first.VpcId,
    subnets: placed.flatMap(({ subnets }) => subnets),
    addresses: interfaces.flatMap(({ PrivateIpAddresses = [] }) =>
      PrivateIpAddresses.flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
    ),
    admitted: await admittedBy(reader, groups),
  });
};

/** The ways to an instance: by its own addresses, and through load balancers. */
export const instanceReachable = (
  describe: (reader: Reader, ref: Ref) => Promise<Instance>,
): Reachable => ({
  actions: ['ec2:DescribeInstances', ...gateActions, ...balancerActions],
  announcements: [...networkAnnouncements, ...balancerAnnouncements],
  read: async (reader, ref) => {
    const { NetworkInterfaces: interfaces = [] } = await describe(reader, ref);
    const ways = await Promise.all([
      ...interfaces.map((one) => wayTo(reader, placedAt(one))),
      behindBalancers(reader, ref.id, interfaces),
    ]);
    // Targets are registered by the id of the instance.
    return joinedWays(ways, [ref.id]);
  },
});
