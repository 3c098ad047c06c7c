import { defineService } from './service.ts';

export const ec2 = defineService({
  sdk: () => import('@aws-sdk/client-ec2'),
  client: ({ EC2 }, settings) => new EC2(settings),
  iam: 'ec2',
  eventSource: 'ec2.amazonaws.com',
  showsInTheEnd: 'https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html',
  kinds: {
    'security-group': {
      arn: 'arn:{partition}:ec2:{region}:{account}:security-group/{id}',
      type: 'AWS::EC2::SecurityGroup',
      named: ['GroupId'],
    },
    'security-group-rule': {
      arn: 'arn:{partition}:ec2:{region}:{account}:security-group-rule/{id}',
    },
    'prefix-list': {
      arn: 'arn:{partition}:ec2:{region}:{account}:prefix-list/{id}',
      type: 'AWS::EC2::PrefixList',
      named: ['PrefixListId'],
    },
    vpc: {
      arn: 'arn:{partition}:ec2:{region}:{account}:vpc/{id}',
      type: 'AWS::EC2::VPC',
      named: ['VpcId'],
    },
    instance: {
      arn: 'arn:{partition}:ec2:{region}:{account}:instance/{id}',
      type: 'AWS::EC2::Instance',
      named: ['InstanceId'],
    },
    // Whoever owns it: the ARN of a snapshot or an image names no account.
    snapshot: {
      arn: 'arn:{partition}:ec2:{region}::snapshot/{id}',
      type: 'AWS::EC2::Snapshot',
      named: ['SnapshotId'],
    },
    image: {
      arn: 'arn:{partition}:ec2:{region}::image/{id}',
      type: 'AWS::EC2::Image',
      named: ['ImageId'],
    },
    volume: {
      arn: 'arn:{partition}:ec2:{region}:{account}:volume/{id}',
      type: 'AWS::EC2::Volume',
      named: ['VolumeId'],
    },
    subnet: {
      arn: 'arn:{partition}:ec2:{region}:{account}:subnet/{id}',
      type: 'AWS::EC2::Subnet',
      named: ['SubnetId'],
    },
    'launch-template': {
      arn: 'arn:{partition}:ec2:{region}:{account}:launch-template/{id}',
      type: 'AWS::EC2::LaunchTemplate',
      named: ['LaunchTemplateId'],
    },
    'transit-gateway': {
      arn: 'arn:{partition}:ec2:{region}:{account}:transit-gateway/{id}',
      type: 'AWS::EC2::TransitGateway',
      named: ['TransitGatewayId'],
    },
    'network-acl': {
      arn: 'arn:{partition}:ec2:{region}:{account}:network-acl/{id}',
      type: 'AWS::EC2::NetworkAcl',
      named: ['NetworkAclId'],
    },
  },
  together: [
    {
      operation: 'describeSecurityGroups',
      names: 'GroupIds',
      isList: true,
      all: (GroupIds) => ({ GroupIds }),
      items: 'SecurityGroups',
      id: 'GroupId',
    },
    // A region in which nothing was made has a subnet in each of its zones.
    {
      operation: 'describeSubnets',
      names: 'SubnetIds',
      isList: true,
      all: (SubnetIds) => ({ SubnetIds }),
      items: 'Subnets',
      id: 'SubnetId',
    },
  ],
  pages: [
    {
      tokens: ['NextToken', 'NextToken'],
      operations: [
        'describeNetworkAcls',
        'describeNetworkInterfaces',
        'describeRouteTables',
        'describeSecurityGroupRules',
        'describeSecurityGroups',
        'describeSubnets',
        'describeVpcBlockPublicAccessExclusions',
        'getManagedPrefixListEntries',
        'describeFlowLogs',
        'describeVpcEndpoints',
      ],
    },
  ],
});
