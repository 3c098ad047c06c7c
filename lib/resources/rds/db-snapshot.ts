import type { DBSnapshot } from '@aws-sdk/client-rds';
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

const arn = (ref: Ref) => rds.arn('snapshot', ref, ref.id);
const gone = 'DBSnapshotNotFound';

// By filter: an automated snapshot is not found by its identifier unless the call names its type as well.
const read = async (reader: Reader, { id }: Ref): Promise<DBSnapshot> => {
  const Filters = [{ Name: 'db-snapshot-id', Values: [id] }];
  return only((await reader.call('rds', 'describeDBSnapshots', { Filters })).DBSnapshots, gone);
};

const facetsOf = (snapshot: DBSnapshot) =>
  isAutomated(snapshot.DBSnapshotIdentifier) ? { snapshot, attributes: unshared } : { snapshot };

/** A snapshot of a DB instance; its id is its identifier. */
export const dbSnapshot = defineResourceType({
  type: 'AWS::RDS::DBSnapshot',
  scope: 'regional',
  securityHubType: 'AwsRdsDbSnapshot',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'snapshot', while: isBeingTaken },
    announcements: [
      {
        via: 'cloudtrail',
        source: rds.eventSource,
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
      },
      {
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: { DeleteDBInstance: 'created' },
        idsIn: identifiersIfAny({ request: ['finalDBSnapshotIdentifier'] }),
      },
      {
        // The only word of an automated snapshot, which nobody calls for.
        via: 'service',
        source: 'aws.rds',
        detailType: 'RDS DB Snapshot Event',
        effect: ['snapshot', 'attributes'],
        idsIn: sourceIdentifier,
      },
    ],
    list: {
      actions: ['rds:DescribeDBSnapshots'],
      page: async (reader, token) => {
        const page = await reader.call('rds', 'describeDBSnapshots', {
          MaxRecords: 100,
          ...after(token),
        });
        return {
          resources: (page.DBSnapshots ?? []).flatMap((snapshot) =>
            snapshot.DBSnapshotIdentifier
              ? [
                  {
                    id: snapshot.DBSnapshotIdentifier,
                    facets: facetsOf(snapshot),
                    ...aboutListed(snapshot.DBSnapshotArn, snapshot.TagList),
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
    actions: ['rds:DescribeDBSnapshots'],
    read: async (reader, ref) => {
      const { DBSnapshotArn, TagList } = await read(reader, ref);
      return { arn: DBSnapshotArn ?? arn(ref), tags: tagsIn(TagList) };
    },
  },
  facets: {
    snapshot: { actions: ['rds:DescribeDBSnapshots'], read, comparable },
    /** Who may copy or restore it: account numbers, or `all`. */
    attributes: {
      actions: ['rds:DescribeDBSnapshots', 'rds:DescribeDBSnapshotAttributes'],
      read: async (reader, ref) => {
        if (isAutomated(ref.id)) {
          await read(reader, ref);
          return unshared;
        }
        const answer = await reader.call('rds', 'describeDBSnapshotAttributes', {
          DBSnapshotIdentifier: ref.id,
        });
        return restorableBy(answer.DBSnapshotAttributesResult?.DBSnapshotAttributes);
      },
      comparable,
    },
  },
});
