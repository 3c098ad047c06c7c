import { defineService } from './service.ts';

export const redshift = defineService({
  sdk: () => import('@aws-sdk/client-redshift'),
  client: ({ Redshift }, settings) => new Redshift(settings),
  iam: 'redshift',
  // https://docs.aws.amazon.com/redshift/latest/mgmt/logging-with-cloudtrail.html
  eventSource: 'redshift.amazonaws.com',
  kinds: {
    parametergroup: {
      arn: 'arn:{partition}:redshift:{region}:{account}:parametergroup:{id}',
    },
    cluster: {
      arn: 'arn:{partition}:redshift:{region}:{account}:cluster:{id}',
      type: 'AWS::Redshift::Cluster',
      named: ['ClusterIdentifier'],
    },
  },
  pages: [{ tokens: ['Marker', 'Marker'], operations: ['describeClusterParameters'] }],
});
