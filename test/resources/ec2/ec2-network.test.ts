import type { EC2 } from '@aws-sdk/client-ec2';
import type { AnyResourceType } from '../../../lib/model/resource-type.ts';
import { instance } from '../../../lib/resources/ec2/instance.ts';
import { networkAcl } from '../../../lib/resources/ec2/network-acl.ts';
import { subnet } from '../../../lib/resources/ec2/subnet.ts';
import { transitGateway } from '../../../lib/resources/ec2/transit-gateway.ts';
import { volume } from '../../../lib/resources/ec2/volume.ts';
import { vpc } from '../../../lib/resources/ec2/vpc.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(instance, {
  'agent: present': 'test/resources/ssm/compliance.test.ts has a machine that is managed',
  'agent: absent': 'the answer is without it, and not refused',
});
seesEveryFacet(networkAcl);
seesEveryFacet(subnet);
seesEveryFacet(transitGateway);
seesEveryFacet(volume);
seesEveryFacet(vpc);

const aws = awsForTests();
const read = async (type: AnyResourceType, id: string, facet: string) => {
  const reading = await aws.reader().read(type, refOf(id), [facet]);
  return reading.gone ? 'gone' : Object(reading.facets[facet]).value;
};
const shop = [{ Key: 'team', Value: 'shop' }];
let ec2: EC2;
const made = { vpc: '', subnet: '', acl: '', volume: '', instance: '', gateway: '' };

beforeAll(async () => {
  ec2 = await aws.clients()('ec2');
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.8.0.0/16' });
  made.vpc = Vpc?.VpcId ?? '';
  const VpcId = made.vpc;
  const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: '10.8.1.0/24' });
  made.subnet = Subnet?.SubnetId ?? '';
  const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId });
  made.acl = NetworkAcl?.NetworkAclId ?? '';
  const { VolumeId } = await ec2.createVolume({
    ...{ AvailabilityZone: `${region}a`, Size: 1, Encrypted: true },
  });
  made.volume = VolumeId ?? '';
  const { Images = [] } = await ec2.describeImages({ Owners: ['amazon'] });
  const { Instances = [] } = await ec2.runInstances({
    ...{ ImageId: Images[0]?.ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
    SubnetId: made.subnet,
    UserData: Buffer.from('export PASSWORD=planted-secret').toString('base64'),
  });
  made.instance = Instances[0]?.InstanceId ?? '';
  const { TransitGateway } = await ec2.createTransitGateway({
    Options: { AutoAcceptSharedAttachments: 'enable' },
  });
  made.gateway = TransitGateway?.TransitGatewayId ?? '';
  await ec2.createTags({ Resources: Object.values(made), Tags: shop });
}, 60_000);

it('an instance shows what verdicts need, and nothing of its user data', async () => {
  const shown = await read(instance, made.instance, 'instance');
  expect(shown).toMatchObject({
    state: 'running',
    publicAddresses: [],
    metadata: { httpEndpoint: 'enabled', httpTokens: 'optional' },
  });
  expect(JSON.stringify(shown)).not.toContain('planted');
});

it('an instance shows its public address', async () => {
  const { PublicIp = '' } = await ec2.allocateAddress({ Domain: 'vpc' });
  const { InternetGateway } = await ec2.createInternetGateway();
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.attachInternetGateway({ InternetGatewayId, VpcId: made.vpc });
  await ec2.associateAddress({ InstanceId: made.instance, PublicIp });
  expect(await read(instance, made.instance, 'instance')).toMatchObject({
    publicAddresses: [PublicIp],
  });
});

it('an instance that is terminated is gone, and listed no more', async () => {
  const { Images = [] } = await ec2.describeImages({ Owners: ['amazon'] });
  const { Instances = [] } = await ec2.runInstances({
    ...{ ImageId: Images[0]?.ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
  });
  const id = Instances[0]?.InstanceId ?? '';
  await ec2.terminateInstances({ InstanceIds: [id] });
  expect(await read(instance, id, 'instance')).toBe('gone');
  const { resources } = await instance.live.list.page(aws.reader(), undefined);
  const ids = resources.map((one) => one.id);
  expect(ids).toContain(made.instance);
  expect(ids).not.toContain(id);
});

it('what AWS is still changing is waited for', () => {
  const metadata = { state: 'pending' };
  expect(instance.live.unsettled?.while({ state: 'running', metadata })).toBe(true);
  expect(instance.live.unsettled?.while({ state: 'stopped', metadata: {} })).toBe(false);
  expect(volume.live.unsettled?.while({ state: 'creating' })).toBe(true);
});

it('a volume shows its encryption and what it is attached to', async () => {
  const volumeOf = () => read(volume, made.volume, 'volume');
  expect(await volumeOf()).toEqual({ isEncrypted: true, state: 'available', instances: [] });
  const InstanceId = made.instance;
  await ec2.attachVolume({ InstanceId, VolumeId: made.volume, Device: '/dev/sdz' });
  expect(await volumeOf()).toMatchObject({ state: 'in-use', instances: [InstanceId] });
});

it('a transit gateway shows whether it takes whoever comes', async () => {
  expect(await read(transitGateway, made.gateway, 'gateway')).toMatchObject({
    state: 'available',
    attachesUnasked: true,
  });
  const { TransitGateway } = await ec2.createTransitGateway({});
  const id = TransitGateway?.TransitGatewayId ?? '';
  expect(await read(transitGateway, id, 'gateway')).toMatchObject({ attachesUnasked: false });
  await ec2.deleteTransitGateway({ TransitGatewayId: id });
  expect(await read(transitGateway, id, 'gateway')).toBe('gone');
});

it('an instance shows its interfaces', async () => {
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: made.subnet });
  const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId ?? '';
  const before = await read(instance, made.instance, 'interfaces');
  expect(before).toEqual([expect.stringMatching(/^eni-/)]);
  await ec2.attachNetworkInterface({
    ...{ InstanceId: made.instance, NetworkInterfaceId, DeviceIndex: 1 },
  });
  expect(await read(instance, made.instance, 'interfaces')).toEqual(
    [...before, NetworkInterfaceId].toSorted(),
  );
});

it('a network ACL shows the subnets that use it', async () => {
  expect(await read(networkAcl, made.acl, 'subnets')).toEqual([]);
  const Filters = [{ Name: 'association.subnet-id', Values: [made.subnet] }];
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({ Filters });
  const mine = NetworkAcls.flatMap(({ Associations = [] }) => Associations).find(
    ({ SubnetId }) => SubnetId === made.subnet,
  );
  await ec2.replaceNetworkAclAssociation({
    AssociationId: mine?.NetworkAclAssociationId,
    NetworkAclId: made.acl,
  });
  expect(await read(networkAcl, made.acl, 'subnets')).toEqual([made.subnet]);
});

it('a VPC shows its endpoints', async () => {
  expect(await read(vpc, made.vpc, 'endpoints')).toEqual([]);
  const ServiceName = `com.amazonaws.${region}.ec2`;
  await ec2.createVpcEndpoint({ VpcId: made.vpc, ServiceName, VpcEndpointType: 'Interface' });
  expect(await read(vpc, made.vpc, 'endpoints')).toEqual([
    { service: ServiceName, state: 'available' },
  ]);
});

it('a subnet shows whether it assigns public addresses', async () => {
  const shown = { mapsPublicIp: false, owner: accountId, vpc: made.vpc };
  expect(await read(subnet, made.subnet, 'subnet')).toEqual(shown);
});

it('a network ACL shows its entries in their order', async () => {
  const entry = { NetworkAclId: made.acl, Egress: false, RuleAction: 'allow' as const };
  await ec2.createNetworkAclEntry({
    ...{ ...entry, RuleNumber: 200, Protocol: '-1', Ipv6CidrBlock: '::/0' },
  });
  await ec2.createNetworkAclEntry({
    ...{ ...entry, RuleNumber: 100, Protocol: '6', CidrBlock: '0.0.0.0/0' },
    PortRange: { From: 22, To: 23 },
  });
  const shown = await read(networkAcl, made.acl, 'acl');
  expect(shown.isDefault).toBe(false);
  expect(shown.entries.slice(0, 2)).toEqual([
    {
      ...{ number: 100, isEgress: false, isAllowed: true, protocol: '6', cidr: '0.0.0.0/0' },
      ports: { from: 22, to: 23 },
    },
    { number: 200, isEgress: false, isAllowed: true, protocol: '-1', cidr: '::/0' },
  ]);
});

it('a VPC shows its flow logs, and not those of its subnets', async () => {
  expect(await read(vpc, made.vpc, 'vpc')).toEqual({ owner: accountId, isDefault: false });
  expect(await read(vpc, made.vpc, 'flowLogs')).toEqual([]);
  await (await aws.clients()('s3')).createBucket({ Bucket: 'facet-flow-logs' });
  const log = (ResourceType: 'VPC' | 'Subnet', id: string) =>
    ec2.createFlowLogs({
      ...{ ResourceType, ResourceIds: [id], TrafficType: 'REJECT' },
      ...{ LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::facet-flow-logs' },
    });
  await log('Subnet', made.subnet);
  await log('VPC', made.vpc);
  const [shown, ...others] = await read(vpc, made.vpc, 'flowLogs');
  expect(others).toEqual([]);
  expect(shown).toMatchObject({ status: 'ACTIVE', traffic: 'REJECT' });
});

describe.each([
  [instance, 'instance', 'instance'],
  [networkAcl, 'network-acl', 'acl'],
  [subnet, 'subnet', 'subnet'],
  [transitGateway, 'transit-gateway', 'gateway'],
  [volume, 'volume', 'volume'],
  [vpc, 'vpc', 'vpc'],
] as const)('of the six, number %#', (type, kind, name) => {
  it('is listed with ARN and tags', async () => {
    const id = made[name];
    const { resources } = await type.live.list.page(aws.reader(), undefined);
    const arn = `arn:aws:ec2:${region}:${accountId}:${kind}/${id}`;
    const about = { arn, tags: { team: 'shop' } };
    expect(resources.find((one) => one.id === id)).toMatchObject({ about });
    expect(await type.about.read(aws.reader(), refOf(id))).toEqual(about);
  });

  it('is gone where it is not there', async () => {
    const prefix = made[name].split('-')[0];
    expect(await read(type, `${prefix}-0123456789abcdef0`, Object.keys(type.facets)[0] ?? '')).toBe(
      'gone',
    );
  });
});

it('nothing is shown to whoever may read nothing', async () => {
  for (const type of [instance, vpc] as const)
    for (const one of Object.values(Object(await deniedReading(type, 'i-1'))))
      expect(one).toEqual({ denied: expect.any(String) });
}, 60_000);

it('an address makes another instance of it, and which address does not', () => {
  const { comparable } = instance.facets.instance;
  const seen = (...publicAddresses: readonly string[]) =>
    comparable?.({ publicAddresses, metadata: {} });
  expect(seen('192.0.2.1')).not.toEqual(seen());
  expect(seen('192.0.2.1')).toEqual(seen('192.0.2.2'));
});

it.each([
  [{ associatePublicIpAddress: true }, 'all'],
  [{ description: { value: 'shop' } }, []],
])('ModifyNetworkInterfaceAttribute %j can change instances: %j', (more, ids) => {
  const requestParameters = { networkInterfaceId: 'eni-1', ...more };
  const told = instance.live.announcements.flatMap((one) =>
    one.via === 'cloudtrail' && 'ModifyNetworkInterfaceAttribute' in one.calls
      ? [one.idsIn({ requestParameters }, accountId)]
      : [],
  );
  expect(told).toEqual([ids]);
});
