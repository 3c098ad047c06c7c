import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type { LoadBalancer, TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IamAction } from '../../model/calls.ts';
import type { Reader } from '../../model/resource-type.ts';
import type { Onward, Ports, Traffic, WayIn } from '../../model/ways-in.ts';
import { plural } from '../../support/plural.ts';
import { gathered } from '../gathered.ts';
import { frontActions, frontsBefore } from './fronts.ts';
import { type Admitted, admittedBy, gatesOf, subnetsIn } from './gates.ts';

/** What looking for the load balancers before an instance takes, beside gates. */
export const balancerActions: readonly IamAction[] = [
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  ...frontActions,
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

type Balancers = ReadonlyMap<string, LoadBalancer>;

const balancersIn = async (reader: Reader): Promise<Balancers> => {
  const all = await gathered(
    reader.pages('elbv2', 'describeLoadBalancers', { PageSize: 400 }),
    (page) => page.LoadBalancers,
  );
  return new Map(
    all.flatMap((one) => (one.LoadBalancerArn ? [[one.LoadBalancerArn, one] as const] : [])),
  );
};

interface Groups {
  /** Those that can hold the instance; what an internet-facing load balancer passes traffic to comes first. */
  readonly some: readonly TargetGroup[];
  /** Those of internet-facing load balancers that hold load balancers. */
  readonly ofBalancers: readonly TargetGroup[];
}

/** Target groups by whom traffic comes to them; one to which nothing passes any yet can be given to a load balancer. */
const groupsBehind = async (reader: Reader, vpc: string, balancers: Balancers): Promise<Groups> => {
  const all = await gathered(
    reader.pages('elbv2', 'describeTargetGroups', {}),
    (page) => page.TargetGroups,
  );
  const isBehindPublic = ({ LoadBalancerArns = [] }: TargetGroup): boolean =>
    LoadBalancerArns.some((arn) => isPublic(balancers.get(arn) ?? {}));
  const rank = (group: TargetGroup): number => {
    if (isBehindPublic(group)) return 0;
    return (group.LoadBalancerArns ?? []).length > 0 ? 1 : 2;
  };
  return {
    // An address can be of another VPC than the load balancer: of one that is peered.
    some: all
      .filter(
        ({ VpcId, TargetType = 'instance' }) =>
          TargetType === 'ip' || (TargetType === 'instance' && VpcId === vpc),
      )
      .toSorted((one, other) => rank(one) - rank(other)),
    ofBalancers: all.filter((one) => one.TargetType === 'alb' && isBehindPublic(one)),
  };
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

const subnetsOf = ({ AvailabilityZones = [] }: LoadBalancer): readonly string[] =>
  AvailabilityZones.flatMap(({ SubnetId }) => SubnetId ?? []);

const balancerOf = async (
  reader: Reader,
  [arn, one]: readonly [string, LoadBalancer],
  passesTo: readonly Ports[],
): Promise<Balancer> => ({
  id: arn,
  subnets: subnetsOf(one),
  groups: one.SecurityGroups ?? [],
  isDual: one.IpAddressType !== 'ipv4',
  isNetwork: one.Type === 'network',
  listens: await listensOn(reader, arn),
  passesTo,
});

/** Target groups that were looked into, and the ports on which each speaks with the instance; none where it does not. */
type Looked = readonly { readonly group: TargetGroup; readonly ports: readonly Ports[] }[];

const passingTo = (looked: Looked, arn: string): readonly Ports[] =>
  looked.flatMap(({ group, ports }) => (group.LoadBalancerArns?.includes(arn) ? ports : []));

const classify = async (reader: Reader, target: Target, balancers: Balancers, looked: Looked) => {
  const here = looked.filter(({ group }) => group.VpcId === target.vpc);
  const passing = [...balancers].flatMap(([arn, one]) => {
    const to = passingTo(here, arn);
    return to.length === 0 ? [] : [{ arn, one, to }];
  });
  const found = await Promise.all(
    passing
      .filter(({ one }) => isPublic(one))
      .map(({ arn, one, to }) => balancerOf(reader, [arn, one], to)),
  );
  return {
    found,
    inner: passing
      .filter(({ one }) => !isPublic(one))
      .map(({ arn, one }) => ({ arn, subnets: subnetsOf(one) })),
    /** By an address that another machine of another VPC can have as well. */
    elsewhere: looked.flatMap(({ group, ports }) => {
      const isBefore = ports.length > 0 && !here.some((one) => one.group === group);
      const arns = group.LoadBalancerArns ?? [];
      return isBefore && arns.some((arn) => isPublic(balancers.get(arn) ?? {}))
        ? [`whether ${arns.join(' and ')} of another VPC passes on to its address`]
        : [];
    }),
  };
};

/** The internet-facing load balancers that pass traffic to an instance, as ways to it, and what else stands before it. */
export const balancersBefore = async (reader: Reader, target: Target): Promise<Before> => {
  const [classics, balancers] = await Promise.all([
    classicsBefore(reader, target),
    balancersIn(reader),
  ]);
  const { some, ofBalancers } = await groupsBehind(reader, target.vpc, balancers);
  const looked = await Promise.all(
    some.slice(0, mostTargetGroups).map(async (group) => ({
      group,
      ports: await portsOfTarget(reader, group, target),
    })),
  );
  const { found, inner, elsewhere } = await classify(reader, target, balancers, looked);
  const fronts = await frontsBefore(reader, target, inner, ofBalancers);
  const left = some
    .slice(mostTargetGroups)
    .filter(({ LoadBalancerArns = [] }) => LoadBalancerArns.length > 0).length;
  const unseen = [
    ...elsewhere,
    ...fronts.unseen,
    ...(left > 0 ? [`${plural(left, 'target group')} of load balancers`] : []),
  ];
  return {
    ways: await Promise.all([...classics, ...found].map((one) => wayBy(reader, one, target))),
    through: [
      ...looked.flatMap(({ group: { TargetGroupArn }, ports }) =>
        ports.length > 0 && TargetGroupArn ? [TargetGroupArn] : [],
      ),
      ...fronts.through,
    ],
    ...(unseen.length > 0 ? { unseen: unseen.join(', ') } : {}),
  };
};
