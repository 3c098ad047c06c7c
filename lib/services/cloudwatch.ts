import { defineService } from './service.ts';

export const cloudwatch = defineService({
  sdk: () => import('@aws-sdk/client-cloudwatch'),
  client: ({ CloudWatch }, settings) => new CloudWatch(settings),
  iam: 'cloudwatch',
  signsAs: 'monitoring',
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html
  eventSource: 'monitoring.amazonaws.com',
  kinds: {
    alarm: {
      arn: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{id}',
      type: 'AWS::CloudWatch::Alarm',
      named: ['AlarmName', 'AlarmNames'],
    },
  },
  pages: [],
});
