import type { DBClusterSnapshot } from '@aws-sdk/client-rds';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { only, tagsIn } from '../described.ts';
import { comparable } from './db-comparable.ts';
import {
  aboutListed,
  after,
  identifiersAt,
  identifiersIfAny,
  nextOf,
  sourceIdentifier,
} from './db-ids.ts';
import { isAutomated, isBeingTaken, restorableBy, unshared } from './db-sharing.ts';

const arn = (ref: Ref) => rds.arn('cluster-snapshot', ref, ref.id);
const gone = 'DBClusterSnapshotNotFound';

// By filter: an automated snapshot is not found by its identifier unless the call names its type as well.
const read = async (reader: Reader, { id }: Ref): Promise<DBClusterSnapshot> => {
  const Filters = [{ Name: 'db-cluster-snapshot-id', Values: [id] }];
  return only(
    (await reader.call('rds', 'describeDBClusterSnapshots', { Filters })).DBClusterSnapshots,
    gone,
  );
};

const facetsOf = (snapshot: DBClusterSnapshot) =>
  isAutomated(snapshot.DBClusterSnapshotIdentifier)
    ? { snapshot, attributes: unshared }
    : { snapshot };

/** A snapshot of a DB cluster, DocumentDB's and Neptune's among them; its id is its identifier. */
export const dbClusterSnapshot = defineResourceType({
  type: 'AWS::RDS::DBClusterSnapshot',
  scope: 'regional',
  securityHubType: 'AwsRdsDbClusterSnapshot',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'snapshot', while: isBeingTaken },
    announcements: [
      {
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: {
          CreateDBClusterSnapshot: 'created',
          CopyDBClusterSnapshot: 'created',
          DeleteDBClusterSnapshot: 'deleted',
          ModifyDBClusterSnapshotAttribute: ['attributes'],
        },
        idsIn: identifiersAt({
          request: ['dBClusterSnapshotIdentifier', 'targetDBClusterSnapshotIdentifier'],
          response: [
            'dBClusterSnapshotIdentifier',
            'dBClusterSnapshot.dBClusterSnapshotIdentifier',
          ],
        }),
      },
      {
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: { DeleteDBCluster: 'created' },
        idsIn: identifiersIfAny({ request: ['finalDBSnapshotIdentifier'] }),
      },
      {
        // The only word of an automated snapshot, which nobody calls for.
        via: 'service',
        source: 'aws.rds',
        detailType: 'RDS DB Cluster Snapshot Event',
        effect: ['snapshot', 'attributes'],
        idsIn: sourceIdentifier,
      },
    ],
    list: {
      actions: ['rds:DescribeDBClusterSnapshots'],
      page: async (reader, token) => {
        const page = await reader.call('rds', 'describeDBClusterSnapshots', {
          MaxRecords: 100,
          ...after(token),
        });
        return {
          resources: (page.DBClusterSnapshots ?? []).flatMap((snapshot) =>
            snapshot.DBClusterSnapshotIdentifier
              ? [
                  {
                    id: snapshot.DBClusterSnapshotIdentifier,
                    facets: facetsOf(snapshot),
                    ...aboutListed(snapshot.DBClusterSnapshotArn, snapshot.TagList),
                  },
                ]
              : [],
          ),
          ...nextOf(page),
        };
      },
    },
  },
  ignoresCase: true,
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['rds:DescribeDBClusterSnapshots'],
    read: async (reader, ref) => {
      const { DBClusterSnapshotArn, TagList } = await read(reader, ref);
      return { arn: DBClusterSnapshotArn ?? arn(ref), tags: tagsIn(TagList) };
    },
  },
  facets: {
    snapshot: { actions: ['rds:DescribeDBClusterSnapshots'], read, comparable },
    /** Who may copy or restore it: account numbers, or `all`. */
    attributes: {
      actions: ['rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusterSnapshotAttributes'],
      read: async (reader, ref) => {
        if (isAutomated(ref.id)) {
          await read(reader, ref);
          return unshared;
        }
        const answer = await reader.call('rds', 'describeDBClusterSnapshotAttributes', {
          DBClusterSnapshotIdentifier: ref.id,
        });
        return restorableBy(answer.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes);
      },
      comparable,
    },
  },
});
