import { defineService } from './service.ts';

export const redshiftserverless = defineService({
  sdk: () => import('@aws-sdk/client-redshift-serverless'),
  client: ({ RedshiftServerless }, settings) => new RedshiftServerless(settings),
  iam: 'redshift-serverless',
  // https://docs.aws.amazon.com/redshift/latest/mgmt/logging-with-cloudtrail.html
  eventSource: 'redshift-serverless.amazonaws.com',
  // By an id that AWS makes up; calls name a workgroup by its name, which is not in its ARN.
  kinds: {
    workgroup: {
      arn: 'arn:{partition}:redshift-serverless:{region}:{account}:workgroup/{id}',
      type: 'AWS::RedshiftServerless::Workgroup',
      named: ['resourceArn'],
    },
  },
  pages: [],
});
