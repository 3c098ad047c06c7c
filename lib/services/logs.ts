import { defineService } from './service.ts';

export const logs = defineService({
  sdk: () => import('@aws-sdk/client-cloudwatch-logs'),
  client: ({ CloudWatchLogs }, settings) => new CloudWatchLogs(settings),
  iam: 'logs',
  eventSource: 'logs.amazonaws.com',
  kinds: {
    'log-group': {
      arn: 'arn:{partition}:logs:{region}:{account}:log-group:{id}',
      type: 'AWS::Logs::LogGroup',
      named: ['logGroupName'],
    },
  },
  pages: [{ tokens: ['nextToken', 'nextToken'], operations: ['describeMetricFilters'] }],
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html
  dataCalls: /^PutLogEvents$/,
});
