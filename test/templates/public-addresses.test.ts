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
  [
    'one that is attached',
    [
      machine(),
      card(),
      ofCard,
      {
        address: 'aws_network_interface_attachment.a',
        values: { device_index: 1 },
        unknown: { id: true, instance_id: true, network_interface_id: true },
        refers: {
          instance_id: refersTo('aws_instance.it', 'id'),
          network_interface_id: refersTo('aws_network_interface.n', 'id'),
        },
      },
    ],
    'FAIL',
  ],
  ['one of nobody', [machine(), card(), ofCard], 'PASS'],
])('EC2.9 looks at the addresses of interfaces in Terraform: %s', async (_, all, verdict) => {
  expect(await verdictIn(planOf(all), 'EC2.9', 'aws_instance.it')).toBe(verdict);
});
