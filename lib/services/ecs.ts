import { defineService } from './service.ts';

export const ecs = defineService({
  sdk: () => import('@aws-sdk/client-ecs'),
  client: ({ ECS }, settings) => new ECS(settings),
  iam: 'ecs',
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/logging-using-cloudtrail.html
  eventSource: 'ecs.amazonaws.com',
  kinds: {
    // A service comes first: where it is named with its cluster, the service is the resource.
    service: {
      arn: 'arn:{partition}:ecs:{region}:{account}:service/{id}',
      type: 'AWS::ECS::Service',
      named: ['service', 'services'],
    },
    cluster: {
      arn: 'arn:{partition}:ecs:{region}:{account}:cluster/{id}',
      type: 'AWS::ECS::Cluster',
      named: ['cluster', 'clusters'],
    },
    'task-definition': {
      arn: 'arn:{partition}:ecs:{region}:{account}:task-definition/{id}:*',
      type: 'AWS::ECS::TaskDefinition',
      named: ['taskDefinition', 'family'],
    },
  },
  pages: [
    {
      tokens: ['nextToken', 'nextToken'],
      operations: ['listServices'],
    },
  ],
});
