import { defineService } from './service.ts';

export const sns = defineService({
  sdk: () => import('@aws-sdk/client-sns'),
  client: ({ SNS }, settings) => new SNS(settings),
  iam: 'sns',
  eventSource: 'sns.amazonaws.com',
  kinds: {
    topic: {
      arn: 'arn:{partition}:sns:{region}:{account}:{id}',
      type: 'AWS::SNS::Topic',
      named: ['TopicArn', 'TargetArn'],
    },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listTopics'] }],
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
  actions: { PublishBatch: 'Publish' },
  // https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html
  dataCalls: /^Publish/,
});
