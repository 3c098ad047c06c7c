import { rds } from '../../services/rds.ts';
import { identifiersAt, identifiersIfAny } from './db-ids.ts';
import { snapshotType } from './db-snapshot-type.ts';

/** A snapshot of a DB instance; its id is its identifier. */
export const dbSnapshot = snapshotType({
  type: 'AWS::RDS::DBSnapshot',
  securityHubType: 'AwsRdsDbSnapshot',
  arn: (ref) => rds.arn('snapshot', ref, ref.id),
  gone: 'DBSnapshotNotFound',
  calls: {
    CreateDBSnapshot: 'created',
    CopyDBSnapshot: 'created',
    DeleteDBSnapshot: 'deleted',
    ModifyDBSnapshotAttribute: ['attributes'],
    ModifyDBSnapshot: ['snapshot'],
  },
  idsIn: identifiersAt({
    request: ['dBSnapshotIdentifier', 'targetDBSnapshotIdentifier'],
    response: ['dBSnapshotIdentifier', 'dBSnapshot.dBSnapshotIdentifier'],
  }),
  deletion: {
    calls: { DeleteDBInstance: 'created' },
    idsIn: identifiersIfAny({ request: ['finalDBSnapshotIdentifier'] }),
  },
  detailType: 'RDS DB Snapshot Event',
  actions: {
    describe: 'rds:DescribeDBSnapshots',
    describeAttributes: 'rds:DescribeDBSnapshotAttributes',
  },
  filter: 'db-snapshot-id',
  describe: async (reader, asked) => {
    const { DBSnapshots: snapshots, Marker } = await reader.call(
      'rds',
      'describeDBSnapshots',
      asked,
    );
    return { snapshots, Marker };
  },
  attributesOf: async (reader, DBSnapshotIdentifier) => {
    const answer = await reader.call('rds', 'describeDBSnapshotAttributes', {
      DBSnapshotIdentifier,
    });
    return answer.DBSnapshotAttributesResult?.DBSnapshotAttributes;
  },
  about: ({ DBSnapshotIdentifier: id, DBSnapshotArn: arn, TagList: tags }) => ({ id, arn, tags }),
});
