import { defineService } from './service.ts';

export const cloudtrail = defineService({
  sdk: () => import('@aws-sdk/client-cloudtrail'),
  client: ({ CloudTrail }, settings) => new CloudTrail(settings),
  iam: 'cloudtrail',
  eventSource: 'cloudtrail.amazonaws.com',
  kinds: {
    trail: {
      arn: 'arn:{partition}:cloudtrail:{region}:{account}:trail/{id}',
      type: 'AWS::CloudTrail::Trail',
      named: ['Name', 'TrailName', 'ResourceIdList'],
    },
  },
  pages: [],
});
