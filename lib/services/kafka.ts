import { defineService } from './service.ts';

export const kafka = defineService({
  sdk: () => import('@aws-sdk/client-kafka'),
  client: ({ Kafka }, settings) => new Kafka(settings),
  iam: 'kafka',
  // https://docs.aws.amazon.com/msk/latest/developerguide/logging-API-using-cloudtrail.html
  eventSource: 'kafka.amazonaws.com',
  kinds: {
    cluster: {
      arn: 'arn:{partition}:kafka:{region}:{account}:cluster/{id}',
      type: 'AWS::MSK::Cluster',
      named: ['ClusterArn'],
    },
  },
  pages: [],
});
