import { describe, expect, it } from '@jest/globals';
import { account, as, finding, pathMillis, region, told } from './world.ts';

const { ec2 } = as('root-admin');
const everybody = '0.0.0.0/0';

/** An instance with a public address that takes SSH from everybody, in a subnet without a route to the internet. */
const launch = async () => {
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.30.0.0/16' });
  const VpcId = Vpc?.VpcId ?? '';
  const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock: '10.30.1.0/24' });
  const { InternetGateway } = await ec2.createInternetGateway({});
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? '';
  await ec2.attachInternetGateway({ VpcId, InternetGatewayId });
  const { GroupId = '' } = await ec2.createSecurityGroup({
    ...{ VpcId, GroupName: 'path-reachable', Description: 'path' },
  });
  await ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: everybody }] },
    ],
  });
  const { Images = [] } = await ec2.describeImages({ Owners: ['amazon'] });
  const { Instances = [] } = await ec2.runInstances({
    ...{ ImageId: Images[0]?.ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
    NetworkInterfaces: [
      {
        ...{ DeviceIndex: 0, SubnetId: Subnet?.SubnetId, Groups: [GroupId] },
        AssociatePublicIpAddress: true,
      },
    ],
  });
  const { RouteTables = [] } = await ec2.describeRouteTables({
    Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
  });
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({
    Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
  });
  return {
    instance: Instances[0]?.InstanceId ?? '',
    InternetGatewayId,
    RouteTableId: RouteTables[0]?.RouteTableId ?? '',
    NetworkAclId: NetworkAcls[0]?.NetworkAclId ?? '',
    GroupId,
  };
};

describe('what the internet reaches', () => {
  it(
    'a route, an entry of an ACL and a rule of a group re-rank what fails behind them, and no verdict turns',
    async () => {
      const made = await launch();
      const { RouteTableId, NetworkAclId, GroupId } = made;
      const imds = {
        control: 'EC2.8',
        resource: `arn:aws:ec2:${region}:${account}:instance/${made.instance}`,
        status: 'FAILED' as const,
      };
      const exposed = { ...imds, control: 'EC2.9' };
      // The state that EC2 announces may be heard first, and names nobody.
      const before = await finding({ ...imds, call: 'ec2:RunInstances' });

      const route = { RouteTableId, DestinationCidrBlock: everybody };
      await ec2.createRoute({ ...route, GatewayId: made.InternetGatewayId });
      const reached = await finding({ ...imds, priorityWhy: 'the internet reaches it' });
      expect(told(reached, 'priority')).toBe('high');
      expect(told(reached, 'priorityWhy')).toContain(`on tcp 22 by ${made.InternetGatewayId}`);
      expect(reached.FindingProviderFields?.Criticality).toBe(80);
      expect(told(reached, 'by')).toBe(told(before, 'by'));

      await ec2.createNetworkAclEntry({
        ...{ NetworkAclId, RuleNumber: 50, Egress: false, RuleAction: 'deny', Protocol: '6' },
        ...{ CidrBlock: everybody, PortRange: { From: 22, To: 22 } },
      });
      const filtered = { ...exposed, priorityWhy: 'network ACLs let nobody in' };
      await finding(filtered);
      await ec2.deleteNetworkAclEntry({ NetworkAclId, RuleNumber: 50, Egress: false });
      await finding({ ...exposed, priorityWhy: 'the internet reaches it' });

      const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
      const opened = { ...rule, IpRanges: [{ CidrIp: everybody }] };
      await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [opened] });
      await finding(filtered);
      const office = { ...rule, IpRanges: [{ CidrIp: '8.8.8.8/32' }] };
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [office] });
      await finding({ ...exposed, priorityWhy: 'only some addresses' });

      await ec2.deleteRoute(route);
      await finding({ ...exposed, priorityWhy: 'no route of its subnets leads' });
    },
    3 * pathMillis,
  );

  it(
    'VPC Block Public Access takes what was reached out of reach',
    async () => {
      const made = await launch();
      const exposed = {
        control: 'EC2.9',
        resource: `arn:aws:ec2:${region}:${account}:instance/${made.instance}`,
        status: 'FAILED' as const,
      };
      await ec2.createRoute({
        ...{ RouteTableId: made.RouteTableId, DestinationCidrBlock: everybody },
        GatewayId: made.InternetGatewayId,
      });
      await finding({ ...exposed, priorityWhy: 'the internet reaches it' });
      await ec2.modifyVpcBlockPublicAccessOptions({ InternetGatewayBlockMode: 'block-ingress' });
      await finding({ ...exposed, priorityWhy: 'VPC Block Public Access keeps' });
      await ec2.modifyVpcBlockPublicAccessOptions({ InternetGatewayBlockMode: 'off' });
      await finding({ ...exposed, priorityWhy: 'the internet reaches it' });
    },
    2 * pathMillis,
  );
});
