import { rds } from '../../services/rds.ts';
import { identifiersAt, identifiersIfAny } from './db-ids.ts';
import { snapshotType } from './db-snapshot-type.ts';

/** A snapshot of a DB cluster, DocumentDB's and Neptune's among them; its id is its identifier. */
export const dbClusterSnapshot = snapshotType({
  type: 'AWS::RDS::DBClusterSnapshot',
  securityHubType: 'AwsRdsDbClusterSnapshot',
  arn: (ref) => rds.arn('cluster-snapshot', ref, ref.id),
  gone: 'DBClusterSnapshotNotFound',
  calls: {
    CreateDBClusterSnapshot: 'created',
    CopyDBClusterSnapshot: 'created',
    DeleteDBClusterSnapshot: 'deleted',
    ModifyDBClusterSnapshotAttribute: ['attributes'],
  },
  idsIn: identifiersAt({
    request: ['dBClusterSnapshotIdentifier', 'targetDBClusterSnapshotIdentifier'],
    response: ['dBClusterSnapshotIdentifier', 'dBClusterSnapshot.dBClusterSnapshotIdentifier'],
  }),
  deletion: {
    calls: { DeleteDBCluster: 'created' },
    idsIn: identifiersIfAny({ request: ['finalDBSnapshotIdentifier'] }),
  },
  detailType: 'RDS DB Cluster Snapshot Event',
  actions: {
    describe: 'rds:DescribeDBClusterSnapshots',
    describeAttributes: 'rds:DescribeDBClusterSnapshotAttributes',
  },
  filter: 'db-cluster-snapshot-id',
  describe: async (reader, asked) => {
    const { DBClusterSnapshots: snapshots, Marker } = await reader.call(
      'rds',
      'describeDBClusterSnapshots',
      asked,
    );
    return { snapshots, Marker };
  },
  attributesOf: async (reader, DBClusterSnapshotIdentifier) => {
    const answer = await reader.call('rds', 'describeDBClusterSnapshotAttributes', {
      DBClusterSnapshotIdentifier,
    });
    return answer.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes;
  },
  about: ({ DBClusterSnapshotIdentifier: id, DBClusterSnapshotArn: arn, TagList: tags }) => ({
    id,
    arn,
    tags,
  }),
});
