import { defineService } from './service.ts';

export const eks = defineService({
  sdk: () => import('@aws-sdk/client-eks'),
  client: ({ EKS }, settings) => new EKS(settings),
  iam: 'eks',
  // https://docs.aws.amazon.com/eks/latest/userguide/logging-using-cloudtrail.html
  eventSource: 'eks.amazonaws.com',
  kinds: {
    cluster: {
      arn: 'arn:{partition}:eks:{region}:{account}:cluster/{id}',
      type: 'AWS::EKS::Cluster',
      named: ['name', 'clusterName'],
    },
    // The id is the name of its cluster.
    'access-entry': {
      arn: 'arn:{partition}:eks:{region}:{account}:access-entry/{id}/*/*/*/*',
    },
    'access-policy': {
      arn: 'arn:{partition}:eks::aws:cluster-access-policy/{id}',
    },
  },
  pages: [
    {
      tokens: ['nextToken', 'nextToken'],
      operations: ['listAccessEntries', 'listAssociatedAccessPolicies'],
    },
  ],
});
