import { defineService } from './service.ts';

export const rds = defineService({
  sdk: () => import('@aws-sdk/client-rds'),
  client: ({ RDS }, settings) => new RDS(settings),
  iam: 'rds',
  eventSource: 'rds.amazonaws.com',
  kinds: {
    db: {
      arn: 'arn:{partition}:rds:{region}:{account}:db:{id}',
      type: 'AWS::RDS::DBInstance',
      named: ['ResourceName', 'DBInstanceIdentifier'],
    },
    cluster: {
      arn: 'arn:{partition}:rds:{region}:{account}:cluster:{id}',
      type: 'AWS::RDS::DBCluster',
      named: ['DBClusterIdentifier'],
    },
    snapshot: {
      arn: 'arn:{partition}:rds:{region}:{account}:snapshot:{id}',
      type: 'AWS::RDS::DBSnapshot',
      named: ['DBSnapshotIdentifier'],
    },
    'cluster-snapshot': {
      arn: 'arn:{partition}:rds:{region}:{account}:cluster-snapshot:{id}',
      type: 'AWS::RDS::DBClusterSnapshot',
      named: ['DBClusterSnapshotIdentifier'],
    },
    pg: {
      arn: 'arn:{partition}:rds:{region}:{account}:pg:{id}',
      type: 'AWS::RDS::DBParameterGroup',
      named: ['DBParameterGroupName'],
    },
    'cluster-pg': {
      arn: 'arn:{partition}:rds:{region}:{account}:cluster-pg:{id}',
      type: 'AWS::RDS::DBClusterParameterGroup',
      named: ['DBClusterParameterGroupName'],
    },
    es: {
      arn: 'arn:{partition}:rds:{region}:{account}:es:{id}',
      type: 'AWS::RDS::EventSubscription',
      named: ['SubscriptionName'],
    },
  },
  // By a filter, which leaves out what is not there.
  together: [
    {
      operation: 'describeDBInstances',
      names: 'DBInstanceIdentifier',
      all: (Values) => ({ Filters: [{ Name: 'db-instance-id', Values }] }),
      items: 'DBInstances',
      id: 'DBInstanceIdentifier',
    },
    {
      operation: 'describeDBClusters',
      names: 'DBClusterIdentifier',
      all: (Values) => ({ Filters: [{ Name: 'db-cluster-id', Values }] }),
      items: 'DBClusters',
      id: 'DBClusterIdentifier',
    },
  ],
  pages: [
    {
      tokens: ['Marker', 'Marker'],
      operations: [
        'describeDBClusterParameters',
        'describeDBClusters',
        'describeDBInstances',
        'describeDBParameters',
      ],
    },
  ],
});
