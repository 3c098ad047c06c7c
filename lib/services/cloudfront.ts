import { defineService } from './service.ts';

export const cloudfront = defineService({
  sdk: () => import('@aws-sdk/client-cloudfront'),
  client: ({ CloudFront }, settings) => new CloudFront(settings),
  iam: 'cloudfront',
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/logging_using_cloudtrail.html
  eventSource: 'cloudfront.amazonaws.com',
  isGlobal: true,
  kinds: {
    distribution: {
      arn: 'arn:{partition}:cloudfront::{account}:distribution/{id}',
      type: 'AWS::CloudFront::Distribution',
      named: ['Id', 'Resource'],
    },
  },
  pages: [],
});
