import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type { LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IamAction } from '../../model/calls.ts';
import type { Reader } from '../../model/resource-type.ts';
import type { Onward, Ports, Traffic, WayIn } from '../../model/ways-in.ts';
import { gathered } from '../gathered.ts';
import { type Admitted, admittedBy, gatesOf, subnetsIn } from './gates.ts';

/** What looking for the load balancers before an instance takes, beside gates. */
export const balancerActions: readonly IamAction[] = [
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
];

/** Each target group takes a call. */
const mostTargetGroups = 30;

/** An instance, as a load balancer may know it. */
export interface Target {
  readonly id: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly addresses: readonly string[];
  readonly admitted: Admitted;
}
export interface Before {
  readonly ways: readonly WayIn[];
  readonly through: readonly string[];
  readonly unseen?: string;
}

const single = (port: number | undefined): readonly Ports[] =>
  port === undefined ? [] : [{ from: port, to: port }];
const everything: readonly Traffic[] = [
  { protocol: '-1', cidr: '0.0.0.0/0' },
  { protocol: '-1', cidr: '::/0' },
];

/** A load balancer of either kind. */
interface Balancer {
  readonly id: string;
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly isDual: boolean;
  readonly isNetwork: boolean;
  readonly listens: readonly Ports[];
  /** The ports on which it speaks with the target. */
  readonly passesTo: readonly Ports[];
}

const blocksOf = async (reader: Reader, vpc: string, subnets: readonly string[]) =>
  (await subnetsIn(reader, vpc))
    .filter(({ SubnetId = '' }) => subnets.includes(SubnetId))
    .flatMap(({ CidrBlock = [], Ipv6CidrBlockAssociationSet = [] }) => [
      ...[CidrBlock].flat(),
      ...Ipv6CidrBlockAssociationSet.flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []),
    ]);

const wayBy = async (reader: Reader, balancer: Balancer, target: Target): Promise<WayIn> => {
  const { subnets, groups, isNetwork } = balancer;
  const [gates, before, from, admitted] = await Promise.all([
    gatesOf(reader, target.vpc, subnets),
    gatesOf(reader, target.vpc, target.subnets),
    blocksOf(reader, target.vpc, subnets),
    admittedBy(reader, groups),
  ]);
  const onward: Onward = {
    to: target.id,
    ports: balancer.passesTo,
    from,
    keepsClient: isNetwork,
    admits: target.admitted.admits,
    admitsGroups: target.admitted.fromGroups.filter(({ group }) => groups.includes(group)),
    entries: before.map(({ entries }) => entries),
  };
  return {
    at: balancer.id,
    families: balancer.isDual ? ['IPv4', 'IPv6'] : ['IPv4'],
    gates,
    groups,
    // A Network Load Balancer can be without groups: it then takes whatever comes.
    admits: isNetwork && groups.length === 0 ? everything : admitted.admits,
    ports: balancer.listens,
    onward,
  };
};

const isPublic = ({ Scheme }: { readonly Scheme?: string | undefined }): boolean =>
  Scheme === 'internet-facing';

const classicOf = (one: LoadBalancerDescription): Balancer => {
  const listeners = (one.ListenerDescriptions ?? []).flatMap(({ Listener }) => Listener ?? []);
  return {
    id: one.LoadBalancerName ?? '',
    subnets: one.Subnets ?? [],
    groups: one.SecurityGroups ?? [],
    isDual: false,
    isNetwork: false,
    listens: listeners.flatMap(({ LoadBalancerPort }) => single(LoadBalancerPort)),
    passesTo: listeners.flatMap(({ InstancePort }) => single(InstancePort)),
  };
};

const classicsBefore = async (reader: Reader, { id }: Target): Promise<readonly Balancer[]> => {
  const all = await gathered(
    reader.pages('elb', 'describeLoadBalancers', { PageSize: 400 }),
    (page) => page.LoadBalancerDescriptions,
  );
  return all
    .filter((one) => isPublic(one) && one.Instances?.some(({ InstanceId }) => InstanceId === id))
    .map(classicOf);
};

const publicBalancers = async (reader: Reader): Promise<ReadonlyMap<string, LoadBalancer>> => {
  const all = await gathered(
    reader.pages('elbv2', 'describeLoadBalancers', { PageSize: 400 }),
    (page) => page.LoadBalancers,
  );
  return new Map(
    all.flatMap((one) =>
      isPublic(one) && one.LoadBalancerArn ? [[one.LoadBalancerArn, one] as const] : [],
    ),
  );
};

/** Target groups of a VPC that internet-facing load balancers pass traffic to. */
const groupsBehind = async (
  reader: Reader,
  vpc: string,
  balancers: ReadonlyMap<string, LoadBalancer>,
): Promise<readonly TargetGroup[]> => {
  if (balancers.size === 0) return [];
  const all = await gathered(
    reader.pages('elbv2', 'describeTargetGroups', {}),
    (page) => page.TargetGroups,
  );
  return all.filter(
    ({ VpcId, LoadBalancerArns = [] }) =>
      VpcId === vpc && LoadBalancerArns.some((arn) => balancers.has(arn)),
  );
};

const portsOfTarget = async (
  reader: Reader,
  { TargetGroupArn }: TargetGroup,
  { id, addresses }: Target,
): Promise<readonly Ports[]> => {
  const { TargetHealthDescriptions = [] } = await reader.call('elbv2', 'describeTargetHealth', {
    TargetGroupArn,
  });
  return TargetHealthDescriptions.flatMap(({ Target: { Id = '', Port } = {} }) =>
    Id === id || addresses.includes(Id) ? single(Port) : [],
  );
};

const listensOn = async (reader: Reader, LoadBalancerArn: string): Promise<readonly Ports[]> => {
  const listeners = await gathered(
    reader.pages('elbv2', 'describeListeners', { LoadBalancerArn }),
    (page) => page.Listeners,
  );
  return listeners.flatMap(({ Port }) => single(Port));
};

const balancerOf = async (
  reader: Reader,
  [arn, one]: readonly [string, LoadBalancer],
  passesTo: readonly Ports[],
): Promise<Balancer> => ({
  id: arn,
  subnets: (one.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? []),
  groups: one.SecurityGroups ?? [],
  isDual: one.IpAddressType !== 'ipv4',
  isNetwork: one.Type === 'network',
  listens: await listensOn(reader, arn),
  passesTo,
});

/** The internet-facing load balancers that pass traffic to an instance, as ways to it. */
export const balancersBefore = async (reader: Reader, target: Target): Promise<Before> => {
  const [classics, balancers] = await Promise.all([
    classicsBefore(reader, target),
    publicBalancers(reader),
  ]);
  const behind = await groupsBehind(reader, target.vpc, balancers);
  const looked = behind.slice(0, mostTargetGroups);
  const ports = await Promise.all(looked.map((group) => portsOfTarget(reader, group, target)));
  const passing = [...balancers].map(async (entry) => {
    const to = looked.flatMap(({ LoadBalancerArns = [] }, index) =>
      LoadBalancerArns.includes(entry[0]) ? (ports[index] ?? []) : [],
    );
    return to.length === 0 ? [] : [await balancerOf(reader, entry, to)];
  });
  const all = [...classics, ...(await Promise.all(passing)).flat()];
  const left = behind.length - looked.length;
  return {
    ways: await Promise.all(all.map((one) => wayBy(reader, one, target))),
    through: looked.flatMap(({ TargetGroupArn }, index) =>
      (ports[index] ?? []).length > 0 && TargetGroupArn ? [TargetGroupArn] : [],
    ),
    ...(left > 0 ? { unseen: `${left} target groups of internet-facing load balancers` } : {}),
  };
};
