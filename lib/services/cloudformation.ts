import { defineService } from './service.ts';

export const cloudformation = defineService({
  sdk: () => import('@aws-sdk/client-cloudformation'),
  client: ({ CloudFormation }, settings) => new CloudFormation(settings),
  iam: 'cloudformation',
  eventSource: 'cloudformation.amazonaws.com',
  kinds: {
    stack: {
      arn: 'arn:{partition}:cloudformation:{region}:{account}:stack/{id}/*',
      named: ['StackName'],
    },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listStackResources'] }],
});
