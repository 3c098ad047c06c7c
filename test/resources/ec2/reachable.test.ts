import type { EC2 } from '@aws-sdk/client-ec2';
import { reachabilityOf } from '../../../lib/analysis/network/reachability.ts';
import type { AnyResourceType } from '../../../lib/model/resource-type.ts';
import type { WaysIn } from '../../../lib/model/ways-in.ts';
import { instance } from '../../../lib/resources/ec2/instance.ts';
import { eksCluster } from '../../../lib/resources/eks/eks-cluster.ts';
import { dbCluster } from '../../../lib/resources/rds/db-cluster.ts';
import { dbInstance } from '../../../lib/resources/rds/db-instance.ts';
import { redshiftCluster } from '../../../lib/resources/redshift/redshift-cluster.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';

const aws = awsForTests();
const reached = async (type: AnyResourceType, id: string) => {
  const reading = await aws.reader().read(type, refOf(id), ['reachable']);
  if (reading.gone) return 'gone';
  const found = reading.facets['reachable'];
  if (!found || !('value' in found)) throw new Error(JSON.stringify(found));
  return reachabilityOf(found.value as WaysIn);
};

const everybody = '0.0.0.0/0';
const made = { vpc: '', subnets: ['', ''], group: '', image: '', gateway: '', table: '' };
let ec2: EC2;
beforeAll(async () => {
  ec2 = await aws.clients()('ec2');
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.40.0.0/16' });
  const VpcId = Vpc?.VpcId ?? '';
  const subnets = ['a', 'b'].map(async (zone, index) => {
    const { Subnet } = await ec2.createSubnet({
      ...{ VpcId, CidrBlock: `10.40.${index}.0/24`, AvailabilityZone: `${region}${zone}` },
    });
    return Subnet?.SubnetId ?? '';
  });
  const { InternetGateway } = await ec2.createInternetGateway({});
  made.gateway = InternetGateway?.InternetGatewayId ?? '';
  await ec2.attachInternetGateway({ VpcId, InternetGatewayId: made.gateway });
  const { RouteTables = [] } = await ec2.describeRouteTables({
    Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
  });
  made.table = RouteTables[0]?.RouteTableId ?? '';
  await ec2.createRoute({
    ...{ RouteTableId: made.table, DestinationCidrBlock: everybody, GatewayId: made.gateway },
  });
  const { Images = [] } = await ec2.describeImages({ Owners: ['amazon'] });
  made.vpc = VpcId;
  made.subnets = await Promise.all(subnets);
  made.image = Images[0]?.ImageId ?? '';
}, 60_000);

const groupWith = async (
  name: string,
  rules: Parameters<EC2['authorizeSecurityGroupIngress']>[0]['IpPermissions'],
) => {
  const { GroupId = '' } = await ec2.createSecurityGroup({
    ...{ VpcId: made.vpc, GroupName: name, Description: name },
  });
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: rules });
  return GroupId;
};
const fromEverybody = (port: number) => [
  { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: everybody }] },
];
const launch = async (group: string, isPublic: boolean) => {
  const { Instances = [] } = await ec2.runInstances({
    ...{ ImageId: made.image, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
    NetworkInterfaces: [
      {
        ...{ DeviceIndex: 0, SubnetId: made.subnets[0], Groups: [group] },
        AssociatePublicIpAddress: isPublic,
      },
    ],
  });
  return Instances[0]?.InstanceId ?? '';
};

it('an instance with an address is reached by its own subnet, ACL and groups', async () => {
  const group = await groupWith('ssh', fromEverybody(22));
  const found = await reached(instance, await launch(group, true));
  expect(found).toMatchObject({ from: 'internet' });
  expect(Object(found).why).toMatch(
    new RegExp(`^eni-\\w+ on tcp 22 by ${made.gateway}, ${made.table}, acl-\\w+, ${group}$`),
  );
  expect(Object(found).through).toEqual(
    expect.arrayContaining([made.vpc, made.subnets[0], made.table, group]),
  );
});

it('a public subnet makes nothing public that has no address', async () => {
  const group = await groupWith('quiet', fromEverybody(22));
  expect(await reached(instance, await launch(group, false))).toMatchObject({ from: 'nowhere' });
});

it('a prefix list counts as its entries', async () => {
  const { PrefixList } = await ec2.createManagedPrefixList({
    ...{ PrefixListName: 'office', MaxEntries: 5, AddressFamily: 'IPv4' },
    Entries: [{ Cidr: '8.8.8.0/24' }],
  });
  const list = PrefixList?.PrefixListId ?? '';
  const group = await groupWith('listed', [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId: list }] },
  ]);
  const found = await reached(instance, await launch(group, true));
  expect(found).toMatchObject({ from: 'named', through: expect.arrayContaining([list]) });
});

it('an instance without an address is reached through a load balancer that is internet-facing', async () => {
  const elbv2 = await aws.clients()('elbv2');
  const front = await groupWith('front', fromEverybody(443));
  const behind = await groupWith('behind', [
    { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: front }] },
  ]);
  const id = await launch(behind, false);
  const balance = async (Name: string, Scheme: 'internal' | 'internet-facing') => {
    const { LoadBalancers = [] } = await elbv2.createLoadBalancer({
      ...{ Name, Scheme, Subnets: made.subnets, SecurityGroups: [front], Type: 'application' },
    });
    const { TargetGroups = [] } = await elbv2.createTargetGroup({
      ...{ Name, Protocol: 'HTTP', Port: 80, VpcId: made.vpc, TargetType: 'instance' },
    });
    const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? '';
    await elbv2.createListener({
      ...{ LoadBalancerArn: LoadBalancers[0]?.LoadBalancerArn, Protocol: 'HTTP', Port: 443 },
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    });
    await elbv2.registerTargets({ TargetGroupArn, Targets: [{ Id: id }] });
    return LoadBalancers[0]?.LoadBalancerArn ?? '';
  };
  await balance('inside', 'internal');
  expect(await reached(instance, id)).toMatchObject({ from: 'nowhere' });
  const web = await balance('web', 'internet-facing');
  const found = await reached(instance, id);
  expect(found).toMatchObject({ from: 'internet' });
  expect(Object(found).why).toContain(`the load balancer ${web} on tcp 443`);
});

describe('what stands before an instance that has no address, and cannot be followed', () => {
  const balancer = async (
    Name: string,
    Scheme: 'internal' | 'internet-facing',
    Type: 'application' | 'network',
  ) => {
    const elbv2 = await aws.clients()('elbv2');
    const { LoadBalancers = [] } = await elbv2.createLoadBalancer({
      ...{ Name, Scheme, Subnets: made.subnets, Type },
    });
    return LoadBalancers[0]?.LoadBalancerArn ?? '';
  };
  const passTo = async (
    LoadBalancerArn: string,
    Name: string,
    {
      TargetType,
      Id,
      VpcId = made.vpc,
    }: { TargetType: 'instance' | 'ip' | 'alb'; Id: string; VpcId?: string },
  ) => {
    const elbv2 = await aws.clients()('elbv2');
    const protocol = LoadBalancerArn.includes('/net/') ? ('TCP' as const) : ('HTTP' as const);
    const { TargetGroups = [] } = await elbv2.createTargetGroup({
      ...{ Name, Protocol: protocol, Port: 80, VpcId, TargetType },
    });
    const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? '';
    await elbv2.createListener({
      ...{ LoadBalancerArn, Protocol: protocol, Port: 80 },
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
    });
    await elbv2.registerTargets({ TargetGroupArn, Targets: [{ Id, Port: 80 }] });
    return TargetGroupArn;
  };
  const hidden = async (name: string) => launch(await groupWith(name, fromEverybody(80)), false);

  it('is a public load balancer before an internal one', async () => {
    const id = await hidden('chained');
    const inner = await balancer('chained-inner', 'internal', 'application');
    const group = await passTo(inner, 'chained-inner', { TargetType: 'instance', Id: id });
    expect(await reached(instance, id)).toMatchObject({
      from: 'nowhere',
      through: expect.arrayContaining([inner, group]),
    });
    const outer = await balancer('chained-outer', 'internet-facing', 'network');
    const outerGroup = await passTo(outer, 'chained-outer', { TargetType: 'alb', Id: inner });
    expect(await reached(instance, id)).toMatchObject({
      from: 'unknown',
      why: `not seen: what ${outer} passes on to ${inner}`,
      through: expect.arrayContaining([inner, outerGroup]),
    });
  });

  it('is a load balancer of another VPC that passes on to its address', async () => {
    const id = await hidden('peered');
    const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: [id] });
    const address = Reservations[0]?.Instances?.[0]?.PrivateIpAddress ?? '';
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.41.0.0/16' });
    const web = await balancer('peered', 'internet-facing', 'application');
    const VpcId = Vpc?.VpcId ?? '';
    await passTo(web, 'peered', { TargetType: 'ip', Id: address, VpcId });
    expect(await reached(instance, id)).toMatchObject({
      from: 'unknown',
      why: `not seen: whether ${web} of another VPC passes on to its address`,
    });
  });

  it.each([
    ['Global Accelerator', 'GlobalAccelerator', 0, 'unknown'],
    ['Global Accelerator, of another subnet', 'GlobalAccelerator', 1, 'nowhere'],
    ['an origin of CloudFront', 'CloudFront-VPCOrigins-Service-SG', 1, 'unknown'],
  ] as const)('is %s', async (_, GroupName, index, from) => {
    const id = await hidden(`edge-${GroupName}-${index}`);
    const { GroupId = '' } = await ec2.createSecurityGroup({
      ...{ VpcId: made.vpc, GroupName, Description: 'made by AWS' },
    });
    const { NetworkInterface } = await ec2.createNetworkInterface({
      ...{ SubnetId: made.subnets[index], Groups: [GroupId] },
    });
    expect(await reached(instance, id)).toMatchObject({
      from,
      ...(from === 'unknown'
        ? { why: expect.stringMatching(/^not seen: what (Global|Cloud)/) }
        : {}),
    });
    const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
    await ec2.deleteNetworkInterface({ NetworkInterfaceId });
    await ec2.deleteSecurityGroup({ GroupId });
    expect(await reached(instance, id)).toMatchObject({ from: 'nowhere' });
  });

  it('is a link of an HTTP API into its VPC', async () => {
    const id = await hidden('linked');
    const api = await aws.clients()('apigatewayv2');
    const { VpcLinkId = '' } = await api.createVpcLink({ Name: 'in', SubnetIds: made.subnets });
    expect(await reached(instance, id)).toMatchObject({
      from: 'unknown',
      why: `not seen: what API Gateway passes on by the link ${VpcLinkId}`,
    });
    await api.deleteVpcLink({ VpcLinkId });
  });

  it('is a link of a REST API to an internal load balancer', async () => {
    const id = await hidden('rest-linked');
    const inner = await balancer('rest-linked', 'internal', 'network');
    await passTo(inner, 'rest-linked', { TargetType: 'instance', Id: id });
    const api = await aws.clients()('apigateway');
    const { id: link = '' } = await api.createVpcLink({ name: 'in', targetArns: [inner] });
    expect(await reached(instance, id)).toMatchObject({
      from: 'unknown',
      why: `not seen: what API Gateway passes on by the link ${link}`,
    });
    await api.deleteVpcLink({ vpcLinkId: link });
  });

  it('takes nothing from what is seen to be open', async () => {
    const id = await launch(await groupWith('open-and-linked', fromEverybody(80)), true);
    const api = await aws.clients()('apigatewayv2');
    const { VpcLinkId = '' } = await api.createVpcLink({ Name: 'in', SubnetIds: made.subnets });
    expect(await reached(instance, id)).toMatchObject({ from: 'internet' });
    await api.deleteVpcLink({ VpcLinkId });
  });
});

it('an instance is reached through a Classic Load Balancer', async () => {
  const elb = await aws.clients()('elb');
  const front = await groupWith('classic-front', fromEverybody(80));
  const behind = await groupWith('classic-behind', [
    { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: front }] },
  ]);
  const id = await launch(behind, false);
  await elb.createLoadBalancer({
    ...{ LoadBalancerName: 'legacy', Subnets: made.subnets, SecurityGroups: [front] },
    Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 8080 }],
  });
  await elb.registerInstancesWithLoadBalancer({
    LoadBalancerName: 'legacy',
    Instances: [{ InstanceId: id }],
  });
  const found = await reached(instance, id);
  expect(found).toMatchObject({ from: 'internet' });
  expect(Object(found).why).toContain('the load balancer legacy on tcp 80');
});

it('a database is reached on its port where it is public', async () => {
  const rds = await aws.clients()('rds');
  const group = await groupWith('db', fromEverybody(5432));
  await rds.createDBSubnetGroup({
    ...{ DBSubnetGroupName: 'reachable', DBSubnetGroupDescription: 'reachable' },
    SubnetIds: made.subnets,
  });
  const create = (id: string, PubliclyAccessible: boolean) =>
    rds.createDBInstance({
      ...{ DBInstanceIdentifier: id, Engine: 'postgres', DBInstanceClass: 'db.t3.micro' },
      ...{ MasterUsername: 'shop', MasterUserPassword: 'not-a-secret-1', AllocatedStorage: 20 },
      ...{ DBSubnetGroupName: 'reachable', VpcSecurityGroupIds: [group], PubliclyAccessible },
    });
  await create('reachable-open', true);
  await create('reachable-shut', false);
  expect(await reached(dbInstance, 'reachable-open')).toMatchObject({
    from: 'internet',
    why: expect.stringContaining('reachable-open on tcp 5432'),
  });
  expect(await reached(dbInstance, 'reachable-shut')).toMatchObject({ from: 'nowhere' });
});

it('a cluster of databases is reached by its instances', async () => {
  const rds = await aws.clients()('rds');
  const group = await groupWith('cluster', fromEverybody(5432));
  await rds.createDBSubnetGroup({
    ...{ DBSubnetGroupName: 'reachable-cluster', DBSubnetGroupDescription: 'reachable' },
    SubnetIds: made.subnets,
  });
  await rds.createDBCluster({
    ...{ DBClusterIdentifier: 'reachable-cluster', Engine: 'aurora-postgresql' },
    ...{ MasterUsername: 'shop', MasterUserPassword: 'not-a-secret-1' },
    ...{ DBSubnetGroupName: 'reachable-cluster', VpcSecurityGroupIds: [group] },
  });
  expect(await reached(dbCluster, 'reachable-cluster')).toMatchObject({ from: 'nowhere' });
  await rds.createDBInstance({
    ...{ DBInstanceIdentifier: 'reachable-member', DBClusterIdentifier: 'reachable-cluster' },
    ...{ Engine: 'aurora-postgresql', DBInstanceClass: 'db.t3.medium' },
    ...{ DBSubnetGroupName: 'reachable-cluster', PubliclyAccessible: true },
  });
  expect(await reached(dbCluster, 'reachable-cluster')).toMatchObject({
    from: 'internet',
    why: expect.stringContaining('reachable-member on tcp'),
    through: expect.arrayContaining(['reachable-member', group]),
  });
  expect(await reached(dbCluster, 'never-made')).toBe('gone');
});

it('a warehouse is reached where it is public', async () => {
  const redshift = await aws.clients()('redshift');
  const group = await groupWith('warehouse', fromEverybody(5439));
  await redshift.createClusterSubnetGroup({
    ...{ ClusterSubnetGroupName: 'reachable', Description: 'reachable' },
    SubnetIds: made.subnets,
  });
  await redshift.createCluster({
    ...{ ClusterIdentifier: 'reachable', NodeType: 'ra3.large', MasterUsername: 'shop' },
    ...{ MasterUserPassword: 'Not-a-secret-1', ClusterSubnetGroupName: 'reachable' },
    ...{ VpcSecurityGroupIds: [group], PubliclyAccessible: true, Port: 5439 },
  });
  expect(await reached(redshiftCluster, 'reachable')).toMatchObject({
    from: 'internet',
    why: expect.stringContaining('on tcp 5439'),
  });
});

it('a cluster of Kubernetes is reached by whom its public endpoint answers', async () => {
  const eks = await aws.clients()('eks');
  await eks.createCluster({
    ...{ name: 'reachable', roleArn: 'arn:aws:iam::123456789012:role/eks' },
    resourcesVpcConfig: { subnetIds: made.subnets },
  });
  expect(await reached(eksCluster, 'reachable')).toMatchObject({ from: 'internet' });
});

it('what is gone is gone, and not unreachable', async () => {
  expect(await reached(instance, 'i-00000000000000000')).toBe('gone');
});

/** The ids whose dependants an event of load balancers has read again. */
const wayIds = (call: string, requestParameters: object) => [
  ...new Set(
    (instance.reachable?.announcements ?? []).flatMap(({ source, calls, idsIn }) =>
      source === 'elasticloadbalancing.amazonaws.com' && calls.includes(call)
        ? idsIn({ requestParameters }, accountId)
        : [],
    ),
  ),
];
const lb = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/web/50dc6c495c0c9188`;
const targets = `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/web/73e2d6bc24d8a067`;
const listener = `${lb.replace(':loadbalancer/', ':listener/')}/f2f7dc8efc522ab2`;
it.each<[string, object, readonly string[]]>([
  [
    'CreateListener',
    { loadBalancerArn: lb, defaultActions: [{ type: 'forward', targetGroupArn: targets }] },
    [lb, targets],
  ],
  [
    'ModifyListener',
    {
      listenerArn: listener,
      defaultActions: [
        { type: 'forward', forwardConfig: { targetGroups: [{ targetGroupArn: targets }] } },
      ],
    },
    [lb, targets],
  ],
  ['DeleteListener', { listenerArn: listener }, [lb]],
  [
    'CreateRule',
    { listenerArn: listener, actions: [{ type: 'forward', targetGroupArn: targets }] },
    [lb, targets],
  ],
  [
    'DeleteRule',
    { ruleArn: `${listener.replace(':listener/', ':listener-rule/')}/9683b2d02a6cabee` },
    [lb],
  ],
  ['SetIpAddressType', { loadBalancerArn: lb }, [lb]],
  ['DeleteLoadBalancer', { loadBalancerArn: lb }, [lb]],
  ['DeleteLoadBalancer', { loadBalancerName: 'legacy' }, ['legacy']],
  ['CreateLoadBalancerListeners', { loadBalancerName: 'legacy' }, ['legacy']],
  ['DeleteTargetGroup', { targetGroupArn: targets }, [targets]],
])('%s has read again what hangs on what it names', (call, asked, ids) => {
  expect(wayIds(call, asked)).toEqual(ids);
});

it.each(['ModifyManagedPrefixList', 'RestoreManagedPrefixListVersion'])(
  '%s has read again what hangs on the list',
  (call) => {
    const requestParameters = { [`${call}Request`]: { PrefixListId: 'pl-1' } };
    const ids = (instance.reachable?.announcements ?? []).flatMap(({ source, calls, idsIn }) =>
      source === 'ec2.amazonaws.com' && calls.includes(call)
        ? [idsIn({ requestParameters }, accountId)]
        : [],
    );
    expect(ids).toEqual([['pl-1']]);
  },
);
