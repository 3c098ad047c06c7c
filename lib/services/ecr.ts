import { defineService } from './service.ts';

export const ecr = defineService({
  sdk: () => import('@aws-sdk/client-ecr'),
  client: ({ ECR }, settings) => new ECR(settings),
  iam: 'ecr',
  eventSource: 'ecr.amazonaws.com',
  kinds: {
    repository: {
      arn: 'arn:{partition}:ecr:{region}:{account}:repository/{id}',
      type: 'AWS::ECR::Repository',
      named: ['repositoryName', 'repositoryNames', 'resourceArn'],
    },
  },
  pages: [{ tokens: ['nextToken', 'nextToken'], operations: ['describeRepositories'] }],
});
