import { verdictOf } from './checking.ts';
import { planOf, verdictIn, type Written } from './terraform/plans.ts';

// What gives an instance an address beside the launch.
const instance = (interfaces: string, more: string) =>
  `Resources:\n  It: {Type: 'AWS::EC2::Instance', Properties: {ImageId: a, NetworkInterfaces: [${interfaces}]}}\n  N: {Type: 'AWS::EC2::NetworkInterface', Properties: {SubnetId: s}}\n${more}`;
const own = "{DeviceIndex: '0', AssociatePublicIpAddress: false}";
const given =
  "  A: {Type: 'AWS::EC2::EIPAssociation', Properties: {AllocationId: a, NetworkInterfaceId: !Ref N}}\n";
const attached =
  "  B: {Type: 'AWS::EC2::NetworkInterfaceAttachment', Properties: {DeviceIndex: '1', InstanceId: !Ref It, NetworkInterfaceId: !Ref N}}\n";

it.each([
  ['its own', instance("{DeviceIndex: '0', NetworkInterfaceId: !Ref N}", given), 'FAIL'],
  ['one that is attached', instance(own, `${given}${attached}`), 'FAIL'],
  ['one that is attached, without an address', instance(own, attached), 'PASS'],
  ['one of nobody', instance(own, given), 'PASS'],
  [
    'a second one',
    instance(`${own}, {DeviceIndex: '1', AssociatePublicIpAddress: true}`, ''),
    'FAIL',
  ],
])('EC2.9 looks at the addresses of interfaces: %s', async (_, template, verdict) => {
  expect(await verdictOf(template, 'EC2.9', 'It')).toBe(verdict);
});

const oneCard = '{DeviceIndex: 0, SubnetId: s}';
it.each([
  ['one', instance(own, ''), 'PASS'],
  ['none that is written', instance('', ''), 'PASS'],
  ['two', instance(`${own}, {DeviceIndex: '1'}`, ''), 'FAIL'],
  ['one and another that is attached', instance(own, attached), 'FAIL'],
  ['another that is attached', instance('', attached), 'FAIL'],
])('EC2.17 counts the interfaces: %s', async (_, template, verdict) => {
  expect(await verdictOf(template, 'EC2.17', 'It')).toBe(verdict);
});

const launched = (template: string, more = '') =>
  `Resources:\n  It: {Type: 'AWS::EC2::Instance', Properties: {LaunchTemplate: {LaunchTemplateId: ${template}, Version: '1'}}}\n${more}`;
const launcher = (interfaces: string) =>
  `  L: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {NetworkInterfaces: [${interfaces}]}}}\n`;

it.each([
  ['one', launched('!Ref L', launcher(oneCard)), 'PASS'],
  ['two', launched('!Ref L', launcher(`${oneCard}, {DeviceIndex: 1}`)), 'FAIL'],
  [
    'those of one that is elsewhere',
    launched('lt-1'),
    'UNKNOWN it depends on the launch template, which is not in the template',
  ],
])('EC2.17 counts the interfaces of a launch template: %s', async (_, template, verdict) => {
  expect(await verdictOf(template, 'EC2.17', 'It')).toBe(verdict);
});

const open = 'the parameter Open, which has no default';
it.each([
  ['EC2.8', open],
  ['EC2.9', 'the subnet, which decides whether an instance gets a public address'],
])('%s says what it depends on itself: %s', async (control, why) => {
  const template = `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::EC2::Instance', Properties: {ImageId: a, MetadataOptions: {HttpTokens: !Ref Open}}}\n`;
  expect(await verdictOf(template, control, 'It')).toBe(`UNKNOWN it depends on ${why}`);
});

const inSubnet = (properties: string) =>
  `Resources:\n  It: {Type: 'AWS::EC2::Instance', Properties: {ImageId: a, SubnetId: !Ref S}}\n  S: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: v, ${properties}}}\n`;

it.each([
  ['says nothing', inSubnet('CidrBlock: 10.0.0.0/24'), 'PASS by default', 'FAIL'],
  ['gives none', inSubnet('MapPublicIpOnLaunch: false'), 'PASS', 'PASS'],
  ['gives each one', inSubnet('MapPublicIpOnLaunch: true'), 'FAIL', 'FAIL'],
])('EC2.9 rests on AWS where the subnet %s', async (_, template, verdict, explicit) => {
  expect(await verdictOf(template, 'EC2.9', 'It')).toBe(verdict);
  expect(await verdictOf(template, 'EC2.9', 'It', { isExplicit: true })).toBe(explicit);
});

const refersTo = (address: string, attribute: string) => [`${address}.${attribute}`, address];
const machine = (more: Partial<Written> = {}): Written => ({
  address: 'aws_instance.it',
  values: { ami: 'a', associate_public_ip_address: false, ...more.values },
  unknown: { id: true, primary_network_interface_id: true, ...more.unknown },
  ...(more.refers ? { refers: more.refers } : {}),
});
const card = (more: Partial<Written> = {}): Written => ({
  address: 'aws_network_interface.n',
  values: { subnet_id: 's', ...more.values },
  unknown: { id: true, ...more.unknown },
  ...(more.refers ? { refers: more.refers } : {}),
});
const address = (of: string, attribute: string): Written => ({
  address: 'aws_eip.e',
  unknown: { id: true, network_interface: true },
  refers: { network_interface: refersTo(of, attribute) },
});
const ofCard = address('aws_network_interface.n', 'id');

const joined: Written = {
  address: 'aws_network_interface_attachment.a',
  values: { device_index: 1 },
  unknown: { id: true, instance_id: true, network_interface_id: true },
  refers: {
    instance_id: refersTo('aws_instance.it', 'id'),
    network_interface_id: refersTo('aws_network_interface.n', 'id'),
  },
};

it.each<[name: string, all: readonly Written[], verdict: string]>([
  [
    'the first one',
    [machine(), address('aws_instance.it', 'primary_network_interface_id')],
    'FAIL',
  ],
  [
    'its own',
    [
      machine({
        values: { network_interface: [{ device_index: 0 }] },
        unknown: { network_interface: [{ network_interface_id: true }] },
        refers: {
          network_interface: [
            { network_interface_id: { references: refersTo('aws_network_interface.n', 'id') } },
          ],
        },
      }),
      card(),
      ofCard,
    ],
    'FAIL',
  ],
  [
    'one that says whose it is',
    [
      machine(),
      card({
        values: { attachment: [{ device_index: 1 }] },
        unknown: { attachment: [{ instance: true, attachment_id: true }] },
        refers: {
          attachment: [{ instance: { references: refersTo('aws_instance.it', 'id') } }],
        },
      }),
      ofCard,
    ],
    'FAIL',
  ],
  ['one that is attached', [machine(), card(), ofCard, joined], 'FAIL'],
  ['one of nobody', [machine(), card(), ofCard], 'PASS'],
])('EC2.9 looks at the addresses of interfaces in Terraform: %s', async (_, all, verdict) => {
  expect(await verdictIn(planOf(all), 'EC2.9', 'aws_instance.it')).toBe(verdict);
});

it.each<[name: string, all: readonly Written[], verdict: string]>([
  ['one', [machine()], 'PASS'],
  ['another that is attached', [machine(), card(), joined], 'FAIL'],
])('EC2.17 counts the interfaces in Terraform: %s', async (_, all, verdict) => {
  expect(await verdictIn(planOf(all), 'EC2.17', 'aws_instance.it')).toBe(verdict);
});
