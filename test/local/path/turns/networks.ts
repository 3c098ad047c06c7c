import type { EC2 } from '@aws-sdk/client-ec2';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { nameOf, region, type Turn } from './turn.ts';

const newVpc = async (ec2: EC2): Promise<string> =>
  (await ec2.createVpc({ CidrBlock: '10.17.0.0/16' })).Vpc?.VpcId ?? '';

// moto keeps who may write the log, and asks nobody.
const logFlows = async (clients: Clients, id: string) => {
  await (await clients('s3')).createBucket({ Bucket: id.replace('vpc-', 'flows-') }).catch(ifOurs);
  await (await clients('ec2')).createFlowLogs({
    ...{ ResourceIds: [id], ResourceType: 'VPC', TrafficType: 'REJECT' },
    ...{ LogDestinationType: 's3', LogDestination: `arn:aws:s3:::${id.replace('vpc-', 'flows-')}` },
  });
};
function ifOurs(error: unknown) {
  if (Object(error).name !== 'BucketAlreadyOwnedByYou') throw error;
}
const flowLogs: Turn = {
  control: 'EC2.6',
  type: 'AWS::EC2::VPC',
  make: async (clients) => {
    const id = await newVpc(await clients('ec2'));
    await logFlows(clients, id);
    return id;
  },
  wrong: async (clients, id) => {
    const ec2 = await clients('ec2');
    const { FlowLogs = [] } = await ec2.describeFlowLogs({
      Filter: [{ Name: 'resource-id', Values: [id] }],
    });
    await ec2.deleteFlowLogs({ FlowLogIds: FlowLogs.flatMap(({ FlowLogId = [] }) => FlowLogId) });
  },
  right: logFlows,
};

const asked = ['ec2', 'ecr.api', 'ecr.dkr', 'ssm', 'ssm-contacts', 'ssm-incidents'];
const connect = async (clients: Clients, VpcId: string) => {
  const ec2 = await clients('ec2');
  for (const service of asked)
    await ec2.createVpcEndpoint({
      ...{ VpcId, VpcEndpointType: 'Interface' },
      ServiceName: `com.amazonaws.${region}.${service}`,
    });
};
const endpoints: Turn = {
  control: 'EC2.10',
  also: ['EC2.55', 'EC2.56', 'EC2.57', 'EC2.58', 'EC2.60'],
  type: 'AWS::EC2::VPC',
  make: async (clients) => {
    const id = await newVpc(await clients('ec2'));
    await connect(clients, id);
    return id;
  },
  wrong: async (clients, id) => {
    const ec2 = await clients('ec2');
    const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints({
      Filters: [{ Name: 'vpc-id', Values: [id] }],
    });
    await ec2.deleteVpcEndpoints({
      VpcEndpointIds: VpcEndpoints.flatMap(({ VpcEndpointId = [] }) => VpcEndpointId),
    });
  },
  right: connect,
};

/** The one subnet of the ACL's VPC is filtered by it, or by the one that the VPC began with. */
const associate = async (clients: Clients, id: string, isOwn: boolean) => {
  const ec2 = await clients('ec2');
  const { NetworkAcls: [own] = [] } = await ec2.describeNetworkAcls({ NetworkAclIds: [id] });
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: 'vpc-id', Values: [own?.VpcId ?? ''] }],
  });
  const [association] = NetworkAcls.flatMap(({ Associations = [] }) => Associations);
  const other = NetworkAcls.find(({ IsDefault }) => IsDefault)?.NetworkAclId;
  await ec2.replaceNetworkAclAssociation({
    AssociationId: association?.NetworkAclAssociationId,
    NetworkAclId: isOwn ? id : other,
  });
};
const networkAcl: Turn = {
  control: 'EC2.16',
  type: 'AWS::EC2::NetworkAcl',
  make: async (clients) => {
    const ec2 = await clients('ec2');
    const VpcId = await newVpc(ec2);
    await ec2.createSubnet({ VpcId, CidrBlock: '10.17.1.0/24' });
    const id = (await ec2.createNetworkAcl({ VpcId })).NetworkAcl?.NetworkAclId ?? '';
    await associate(clients, id, true);
    return id;
  },
  wrong: (clients, id) => associate(clients, id, false),
  right: (clients, id) => associate(clients, id, true),
};

/** Of its versions the default counts. */
const template: Turn = {
  control: 'EC2.25',
  also: ['EC2.170', 'EC2.181'],
  type: 'AWS::EC2::LaunchTemplate',
  make: async (clients) => {
    const ec2 = await clients('ec2');
    const volume = (Encrypted: boolean) => [{ DeviceName: '/dev/sdf', Ebs: { Encrypted } }];
    const { LaunchTemplate } = await ec2.createLaunchTemplate({
      LaunchTemplateName: nameOf('turn'),
      LaunchTemplateData: {
        ...{ InstanceType: 't3.micro', BlockDeviceMappings: volume(true) },
        MetadataOptions: { HttpTokens: 'required' },
      },
    });
    const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId ?? '';
    await ec2.createLaunchTemplateVersion({
      LaunchTemplateId,
      LaunchTemplateData: {
        BlockDeviceMappings: volume(false),
        MetadataOptions: { HttpTokens: 'optional' },
        NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
      },
    });
    return LaunchTemplateId;
  },
  wrong: async (clients, LaunchTemplateId) =>
    (await clients('ec2')).modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: '2' }),
  right: async (clients, LaunchTemplateId) =>
    (await clients('ec2')).modifyLaunchTemplate({ LaunchTemplateId, DefaultVersion: '1' }),
};

export const networkTurns: readonly Turn[] = [endpoints, flowLogs, networkAcl, template];
