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
    servicesetting: {
      arn: 'arn:{partition}:ssm:{region}:{account}:servicesetting/{id}',
      named: ['SettingId'],
    },
  },
  pages: [
    {
      tokens: ['NextToken', 'NextToken'],
      operations: ['getParametersByPath', 'describeDocumentPermission'],
    },
  ],
});
