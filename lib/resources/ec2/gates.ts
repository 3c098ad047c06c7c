import type { NetworkAcl, Route, RouteTable, Subnet } from '@aws-sdk/client-ec2';
import type { IamAction } from '../../model/calls.ts';
import type { Reader } from '../../model/resource-type.ts';
import type { Gate, Ports, Traffic } from '../../model/ways-in.ts';
import { gathered } from '../gathered.ts';
import { entryOf } from './network-acl.ts';
import { prefixList } from './prefix-list.ts';
import { prefixListsIn, type Rule, rulesOf } from './security-group-rules.ts';

/** What reading gates and groups takes. */
export const gateActions: readonly IamAction[] = [
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcBlockPublicAccessExclusions',
  'ec2:DescribeVpcBlockPublicAccessOptions',
  'ec2:GetManagedPrefixListEntries',
];

const inVpc = (vpc: string) => ({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] });

const entriesOf = (reader: Reader, id: string): Promise<readonly string[] | undefined> => {
  const { account, region } = reader;
  return reader.facet(prefixList, { account, region, id }, 'entries');
};

const targetOf = ({ State, ...route }: Route): string => {
  if (State === 'blackhole') return 'blackhole';
  return (
    // An endpoint of a Gateway Load Balancer stands in the place of a gateway.
    route.GatewayId ??
    route.NatGatewayId ??
    route.TransitGatewayId ??
    route.VpcPeeringConnectionId ??
    route.EgressOnlyInternetGatewayId ??
    route.CarrierGatewayId ??
    route.LocalGatewayId ??
    route.CoreNetworkArn ??
    route.NetworkInterfaceId ??
    route.InstanceId ??
    'unknown'
  );
};

const routesOf = async (reader: Reader, { Routes = [] }: RouteTable) => {
  const all = Routes.map(async (route) => {
    const list = route.DestinationPrefixListId;
    const cidr = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock;
    const cidrs = list === undefined ? [cidr ?? []].flat() : await entriesOf(reader, list);
    return (cidrs ?? []).map((each) => ({ cidr: each, to: targetOf(route) }));
  });
  return (await Promise.all(all)).flat();
};

/** A subnet that no route table names has the main one of its VPC. */
const tableOf = (tables: readonly RouteTable[], subnet: string): RouteTable | undefined =>
  tables.find(({ Associations = [] }) =>
    Associations.some(({ SubnetId }) => SubnetId === subnet),
  ) ?? tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));

const aclOf = (acls: readonly NetworkAcl[], subnet: string): NetworkAcl | undefined =>
  acls.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet));

/**
 * The VPCs and subnets that are open though the region keeps the internet out; `undefined` where it does not. Both modes keep
 * out what comes in, and an exclusion that allows egress alone lets nothing in:
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
 */
const exclusionsOf = async (reader: Reader): Promise<readonly string[] | undefined> => {
  const asked = await reader.call('ec2', 'describeVpcBlockPublicAccessOptions', {});
  const { InternetGatewayBlockMode: mode = 'off' } = asked.VpcBlockPublicAccessOptions ?? {};
  if (mode === 'off') return undefined;
  const exclusions = await gathered(
    reader.pages('ec2', 'describeVpcBlockPublicAccessExclusions', {}),
    (page) => page.VpcBlockPublicAccessExclusions,
  );
  return exclusions.flatMap(({ ResourceArn, State = '', InternetGatewayExclusionMode: how }) =>
    how === 'allow-bidirectional' && /^(create|update)-complete$/.test(State)
      ? (ResourceArn?.split('/').at(-1) ?? [])
      : [],
  );
};

export const subnetsIn = (reader: Reader, vpc: string): Promise<readonly Subnet[]> =>
  gathered(reader.pages('ec2', 'describeSubnets', inVpc(vpc)), ({ Subnets }) => Subnets);

/** What stands before each of these subnets. One of which the account may not see all is left out. */
export const gatesOf = async (
  reader: Reader,
  vpc: string,
  subnets: readonly string[],
): Promise<readonly Gate[]> => {
  const [tables, acls, open] = await Promise.all([
    gathered(reader.pages('ec2', 'describeRouteTables', inVpc(vpc)), (page) => page.RouteTables),
    gathered(reader.pages('ec2', 'describeNetworkAcls', inVpc(vpc)), (page) => page.NetworkAcls),
    exclusionsOf(reader),
  ]);
  const gates = [...new Set(subnets)].toSorted().map(async (subnet): Promise<readonly Gate[]> => {
    const table = tableOf(tables, subnet);
    const acl = aclOf(acls, subnet);
    if (!table || !acl) return [];
    return [
      {
        subnet,
        routeTable: table.RouteTableId ?? '',
        routes: await routesOf(reader, table),
        acl: acl.NetworkAclId ?? '',
        entries: (acl.Entries ?? []).map(entryOf),
        isBlocked: open !== undefined && !open.includes(vpc) && !open.includes(subnet),
      },
    ];
  });
  return (await Promise.all(gates)).flat();
};

const portsOf = ({ fromPort = -1, toPort = -1 }: Rule): { readonly ports?: Ports } =>
  // EC2 reads a port that is left out, or -1, as every port.
  fromPort === -1 ? {} : { ports: { from: fromPort, to: toPort === -1 ? 65_535 : toPort } };

const cidrsOf = async (reader: Reader, { peer }: Rule): Promise<readonly string[]> => {
  if (peer.kind === 'network') return [peer.cidr];
  return peer.kind === 'prefixList' ? ((await entriesOf(reader, peer.id)) ?? []) : [];
};

/** What groups let in together. */
export interface Admitted {
  readonly admits: readonly Traffic[];
  /** What members of other groups may send. */
  readonly fromGroups: readonly (Omit<Traffic, 'cidr'> & { readonly group: string })[];
  /** The prefix lists that the rules name. */
  readonly lists: readonly string[];
}

export const admittedBy = async (reader: Reader, groups: readonly string[]): Promise<Admitted> => {
  const asked = groups.map((id) =>
    reader.call('ec2', 'describeSecurityGroups', { GroupIds: [id] }),
  );
  const rules = (await Promise.all(asked))
    .flatMap(({ SecurityGroups = [] }) => SecurityGroups.flatMap(rulesOf))
    .filter(({ direction }) => direction === 'ingress');
  const admits = rules.map(async (rule) =>
    (await cidrsOf(reader, rule)).map((cidr) => ({
      protocol: rule.protocol,
      cidr,
      ...portsOf(rule),
    })),
  );
  return {
    admits: (await Promise.all(admits)).flat(),
    fromGroups: rules.flatMap((rule) =>
      rule.peer.kind === 'group'
        ? [{ group: rule.peer.id, protocol: rule.protocol, ...portsOf(rule) }]
        : [],
    ),
    lists: prefixListsIn(rules),
  };
};
