import { defineService } from './service.ts';

export const eventbridge = defineService({
  sdk: () => import('@aws-sdk/client-eventbridge'),
  client: ({ EventBridge }, settings) => new EventBridge(settings),
  iam: 'events',
  eventSource: 'events.amazonaws.com',
  kinds: {
    'rule-on-default-event-bus': {
      arn: 'arn:{partition}:events:{region}:{account}:rule/{id}',
      named: ['Name', 'Rule'],
    },
    'event-bus': {
      arn: 'arn:{partition}:events:{region}:{account}:event-bus/{id}',
      type: 'AWS::Events::EventBus',
      named: ['EventBusName', 'ResourceARN'],
    },
  },
  pages: [
    {
      tokens: ['NextToken', 'NextToken'],
      operations: ['listEventBuses', 'listRules', 'listTargetsByRule'],
    },
  ],
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
  dataCalls: /^PutEvents$/,
});
