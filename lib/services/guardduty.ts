import { defineService } from './service.ts';

export const guardduty = defineService({
  sdk: () => import('@aws-sdk/client-guardduty'),
  client: ({ GuardDuty }, settings) => new GuardDuty(settings),
  iam: 'guardduty',
  // https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html
  eventSource: 'guardduty.amazonaws.com',
  kinds: {
    detector: {
      arn: 'arn:{partition}:guardduty:{region}:{account}:detector/{id}',
      type: 'AWS::GuardDuty::Detector',
      named: ['DetectorId'],
    },
    filter: { arn: 'arn:{partition}:guardduty:{region}:{account}:detector/*/filter/{id}' },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listFilters'] }],
});
