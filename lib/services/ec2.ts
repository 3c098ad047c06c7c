import { defineService } from './service.ts';

export const ec2 = defineService({
  sdk: () => import('@aws-sdk/client-ec2'),
  client: ({ EC2 }, settings) => new EC2(settings),
  iam: 'ec2',
  eventSource: 'ec2.amazonaws.com',
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
    vpc: { arn: 'arn:{partition}:ec2:{region}:{account}:vpc/{id}', named: ['VpcId'] },
    instance: {
      arn: 'arn:{partition}:ec2:{region}:{account}:instance/{id}',
      named: ['InstanceId'],
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
  ],
  pages: [
    {
      tokens: ['NextToken', 'NextToken'],
      operations: ['describeSecurityGroupRules', 'getManagedPrefixListEntries'],
    },
  ],
});
