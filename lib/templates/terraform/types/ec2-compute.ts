import { Holed } from '../../resolution/hole.ts';
import {
  always,
  block,
  declares,
  each,
  first,
  Made,
  type Mappings,
  type Properties,
  self,
  unlessEmpty,
} from '../mapping.ts';

const network: Properties = {
  AssociatePublicIpAddress: unlessEmpty('associate_public_ip_address'),
  SubnetId: unlessEmpty('subnet_id'),
};
/** What an instance says of its address is that of its first interface; others are made by themselves. */
const interfaces = new Made(({ view, build }) => {
  const own = build(
    { AssociatePublicIpAddress: unlessEmpty('associate_public_ip_address') },
    view,
    0,
  );
  const made: unknown[] = own === undefined ? [] : [own];
  for (const name of ['primary_network_interface', 'network_interface']) {
    const items = view.get(name).items();
    if (items instanceof Holed) return items;
    for (const one of items)
      made.push(build({ NetworkInterfaceId: 'network_interface_id' }, one, made.length));
  }
  return made.length === 0 ? undefined : made;
}, 'associate_public_ip_address');

const ebs: Properties = { Encrypted: 'encrypted', SnapshotId: unlessEmpty('snapshot_id') };
/** The root volume is named by no device here, for the image names it. */
const disks = new Made(({ view, build, from }) => {
  const made: unknown[] = [];
  for (const name of ['root_block_device', 'ebs_block_device']) {
    const items = view.get(name).items();
    from(view.get(name));
    if (items instanceof Holed) return items;
    const device = name === 'ebs_block_device' ? { DeviceName: 'device_name' } : {};
    for (const one of items) made.push(build({ ...device, Ebs: always(ebs) }, one, made.length));
  }
  return made.length === 0 ? undefined : made;
}, 'ebs_block_device');

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance */
const instance: Properties = {
  MetadataOptions: {
    HttpTokens: 'metadata_options.0.http_tokens',
    HttpEndpoint: 'metadata_options.0.http_endpoint',
  },
  IamInstanceProfile: unlessEmpty('iam_instance_profile'),
  SubnetId: unlessEmpty('subnet_id'),
  NetworkInterfaces: interfaces,
  BlockDeviceMappings: disks,
  LaunchTemplate: {
    LaunchTemplateId: unlessEmpty('launch_template.0.id'),
    LaunchTemplateName: unlessEmpty('launch_template.0.name'),
  },
};

export const computeTypes: Mappings = {
  aws_instance: declares('AWS::EC2::Instance', instance, { id: 'id', names: ['id'] }),
  // It "supports all the same arguments as aws_instance", and is known by the id of the request.
  aws_spot_instance_request: declares('AWS::EC2::Instance', instance, {
    id: 'spot_instance_id',
    names: ['spot_instance_id'],
  }),
  aws_launch_template: declares(
    'AWS::EC2::LaunchTemplate',
    {
      LaunchTemplateName: 'name',
      LaunchTemplateData: {
        MetadataOptions: {
          HttpTokens: unlessEmpty('metadata_options.0.http_tokens'),
          HttpEndpoint: unlessEmpty('metadata_options.0.http_endpoint'),
        },
        IamInstanceProfile: {
          Arn: unlessEmpty('iam_instance_profile.0.arn'),
          Name: unlessEmpty('iam_instance_profile.0.name'),
        },
        NetworkInterfaces: each('network_interfaces', network),
        BlockDeviceMappings: each('block_device_mappings', {
          DeviceName: 'device_name',
          Ebs: block('ebs', {
            Encrypted: unlessEmpty('encrypted'),
            SnapshotId: unlessEmpty('snapshot_id'),
          }),
        }),
      },
    },
    { id: 'id', names: ['id'] },
  ),
  aws_ebs_volume: declares(
    'AWS::EC2::Volume',
    {
      Encrypted: 'encrypted',
      KmsKeyId: unlessEmpty('kms_key_id'),
      SnapshotId: unlessEmpty('snapshot_id'),
      AvailabilityZone: 'availability_zone',
    },
    { id: 'id', names: ['id'] },
  ),
  aws_volume_attachment: declares('AWS::EC2::VolumeAttachment', {
    VolumeId: 'volume_id',
    InstanceId: 'instance_id',
  }),
  aws_eip: declares(
    'AWS::EC2::EIP',
    { InstanceId: first('instance'), NetworkInterfaceId: first('network_interface') },
    { id: 'id', names: ['id'] },
  ),
  aws_eip_association: declares('AWS::EC2::EIPAssociation', {
    InstanceId: first('instance_id'),
    NetworkInterfaceId: first('network_interface_id'),
  }),
  aws_network_interface: {
    declares: [
      { as: 'AWS::EC2::NetworkInterface', properties: {} },
      {
        as: 'AWS::EC2::NetworkInterfaceAttachment',
        each: 'attachment',
        properties: { InstanceId: 'instance', NetworkInterfaceId: self },
      },
    ],
    id: 'id',
    names: ['id'],
  },
  aws_network_interface_attachment: declares('AWS::EC2::NetworkInterfaceAttachment', {
    InstanceId: 'instance_id',
    NetworkInterfaceId: 'network_interface_id',
  }),
};
