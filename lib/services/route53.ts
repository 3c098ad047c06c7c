import { defineService } from './service.ts';

export const route53 = defineService({
  sdk: () => import('@aws-sdk/client-route-53'),
  client: ({ Route53 }, settings) => new Route53(settings),
  iam: 'route53',
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/logging-using-cloudtrail.html
  eventSource: 'route53.amazonaws.com',
  isGlobal: true,
  kinds: {
    hostedzone: {
      arn: 'arn:{partition}:route53:::hostedzone/{id}',
      type: 'AWS::Route53::HostedZone',
      named: ['HostedZoneId', 'ResourceId'],
    },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listQueryLoggingConfigs'] }],
});
