import { defineService } from './service.ts';

export const athena = defineService({
  sdk: () => import('@aws-sdk/client-athena'),
  client: ({ Athena }, settings) => new Athena(settings),
  iam: 'athena',
  // https://docs.aws.amazon.com/athena/latest/ug/monitor-with-cloudtrail.html
  eventSource: 'athena.amazonaws.com',
  kinds: {
    workgroup: {
      arn: 'arn:{partition}:athena:{region}:{account}:workgroup/{id}',
      type: 'AWS::Athena::WorkGroup',
      named: ['WorkGroup'],
    },
  },
  pages: [
    { tokens: ['NextToken', 'NextToken'], operations: ['listTagsForResource', 'listWorkGroups'] },
  ],
});
