import type { Clients } from '../../../lib/aws/clients.ts';
import type { Drift } from '../drift.ts';

const newVpc = async (clients: Clients) => {
  const { Vpc } = await (await clients('ec2')).createVpc({ CidrBlock: '10.9.0.0/16' });
  return Vpc?.VpcId ?? '';
};

/** A subnet of a VPC of its own, which assigns no public address. */
const newSubnet = async (clients: Clients): Promise<string> => {
  const made = await (await clients('ec2')).createSubnet({
    VpcId: await newVpc(clients),
    CidrBlock: '10.9.1.0/24',
  });
  return made.Subnet?.SubnetId ?? '';
};

/** An ACL that lets the office in, of a VPC of its own. */
const newAcl = async (clients: Clients): Promise<string> => {
  const ec2 = await clients('ec2');
  const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId: await newVpc(clients) });
  const NetworkAclId = NetworkAcl?.NetworkAclId ?? '';
  await ec2.createNetworkAclEntry({
    ...{ NetworkAclId, Egress: false, RuleNumber: 90, Protocol: '6', RuleAction: 'allow' },
    ...{ CidrBlock: '198.51.100.0/24', PortRange: { From: 22, To: 22 } },
  });
  return NetworkAclId;
};

const newInstance = async (clients: Clients): Promise<string> => {
  const ec2 = await clients('ec2');
  const { Images = [] } = await ec2.describeImages({ Owners: ['amazon'] });
  const { Instances = [] } = await ec2.runInstances({
    ...{ ImageId: Images[0]?.ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
    MetadataOptions: { HttpTokens: 'required' },
  });
  const InstanceId = Instances[0]?.InstanceId ?? '';
  await ec2.modifyInstanceMetadataOptions({ InstanceId, HttpTokens: 'required' });
  return InstanceId;
};

/** A transit gateway that asks before it attaches. */
const newGateway = async (clients: Clients): Promise<string> => {
  const { TransitGateway } = await (await clients('ec2')).createTransitGateway({
    Options: { AutoAcceptSharedAttachments: 'disable' },
  });
  return TransitGateway?.TransitGatewayId ?? '';
};

export const ec2NetworkDrifts: readonly Drift[] = [
  {
    control: 'EC2.8',
    type: 'AWS::EC2::Instance',
    title: 'somebody lets an instance answer IMDSv1',
    arrange: newInstance,
    drift: async (clients, InstanceId) =>
      (await clients('ec2')).modifyInstanceMetadataOptions({ InstanceId, HttpTokens: 'optional' }),
  },
  {
    control: 'EC2.15',
    type: 'AWS::EC2::Subnet',
    title: 'somebody gives what is launched into a subnet a public address',
    arrange: newSubnet,
    drift: async (clients, SubnetId) =>
      (await clients('ec2')).modifySubnetAttribute({
        SubnetId,
        MapPublicIpOnLaunch: { Value: true },
      }),
  },
  {
    control: 'EC2.21',
    type: 'AWS::EC2::NetworkAcl',
    title: 'somebody lets everybody in, after the office',
    arrange: newAcl,
    drift: async (clients, NetworkAclId) =>
      (await clients('ec2')).createNetworkAclEntry({
        ...{ NetworkAclId, Egress: false, RuleNumber: 100, Protocol: '-1' },
        ...{ RuleAction: 'allow', CidrBlock: '0.0.0.0/0' },
      }),
  },
  {
    control: 'EC2.23',
    type: 'AWS::EC2::TransitGateway',
    title: 'somebody lets every VPC that comes be attached',
    arrange: newGateway,
    drift: async (clients, TransitGatewayId) =>
      (await clients('ec2')).modifyTransitGateway({
        TransitGatewayId,
        Options: { AutoAcceptSharedAttachments: 'enable' },
      }),
  },
];
