import { defineService } from './service.ts';

export const emr = defineService({
  sdk: () => import('@aws-sdk/client-emr'),
  client: ({ EMR }, settings) => new EMR(settings),
  iam: 'elasticmapreduce',
  // https://docs.aws.amazon.com/emr/latest/ManagementGuide/logging-using-cloudtrail.html
  eventSource: 'elasticmapreduce.amazonaws.com',
  kinds: {
    cluster: {
      arn: 'arn:{partition}:elasticmapreduce:{region}:{account}:cluster/{id}',
      type: 'AWS::EMR::Cluster',
      named: ['ClusterId'],
    },
  },
  pages: [{ tokens: ['Marker', 'Marker'], operations: ['listInstances'] }],
});
