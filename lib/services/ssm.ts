import { defineService } from './service.ts';

export const ssm = defineService({
  sdk: () => import('@aws-sdk/client-ssm'),
  client: ({ SSM }, settings) => new SSM(settings),
  iam: 'ssm',
  eventSource: 'ssm.amazonaws.com',
  kinds: {
    parameter: {
      arn: 'arn:{partition}:ssm:{region}:{account}:parameter/{id}',
      type: 'AWS::SSM::Parameter',
      named: ['Name', 'Names', 'Path'],
    },
    document: {
      arn: 'arn:{partition}:ssm:{region}:{account}:document/{id}',
      type: 'AWS::SSM::Document',
    },
    // A machine that Systems Manager manages: `i-…`, or `mi-…` outside EC2.
    'managed-instance': {
      arn: 'arn:{partition}:ssm:{region}:{account}:managed-instance/{id}',
    },
    servicesetting: {
      arn: 'arn:{partition}:ssm:{region}:{account}:servicesetting/{id}',
      named: ['SettingId'],
    },
  },
  together: [
    {
      operation: 'describeInstanceInformation',
      names: 'Filters',
      filter: 'InstanceIds',
      all: (Values) => ({ Filters: [{ Key: 'InstanceIds', Values }], MaxResults: 50 }),
      most: 50,
      items: 'InstanceInformationList',
      id: 'InstanceId',
      leavesOut: true,
    },
  ],
  pages: [
    {
      tokens: ['NextToken', 'NextToken'],
      operations: ['getParametersByPath', 'describeDocumentPermission', 'listComplianceItems'],
    },
  ],
});
