import { defineService } from './service.ts';

export const dms = defineService({
  sdk: () => import('@aws-sdk/client-database-migration-service'),
  client: ({ DatabaseMigrationService }, settings) => new DatabaseMigrationService(settings),
  iam: 'dms',
  // https://docs.aws.amazon.com/dms/latest/userguide/logging-using-cloudtrail.html
  eventSource: 'dms.amazonaws.com',
  kinds: {
    ReplicationInstance: {
      arn: 'arn:{partition}:dms:{region}:{account}:rep:{id}',
      type: 'AWS::DMS::ReplicationInstance',
      named: ['ReplicationInstanceArn', 'ResourceArn'],
    },
  },
  pages: [],
});
