import type { ReplicationInstance } from '@aws-sdk/client-database-migration-service';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { dms } from '../../services/dms.ts';
import { idIn } from '../../services/service.ts';
import { only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => dms.arn('ReplicationInstance', ref, ref.id);
const gone = 'ResourceNotFoundFault';

const describe = async (reader: Reader, ref: Ref): Promise<ReplicationInstance> => {
  const Filters = [{ Name: 'replication-instance-arn', Values: [arn(ref)] }];
  const { ReplicationInstances } = await reader.call('dms', 'describeReplicationInstances', {
    Filters,
  });
  return only(ReplicationInstances, gone);
};

const shown = (instance: ReplicationInstance) => ({
  status: instance.ReplicationInstanceStatus,
  isPublic: instance.PubliclyAccessible,
  spansZones: instance.MultiAZ,
  upgradesItself: instance.AutoMinorVersionUpgrade,
});

/** https://docs.aws.amazon.com/dms/latest/APIReference/API_ReplicationInstance.html, `ReplicationInstanceStatus` */
const isChanging = (value: unknown): boolean =>
  /^(creating|modifying|modified|upgrading|rebooting|deleting)$/.test(String(Object(value).status));

const idOf = (text: string): string | undefined => idIn(dms, 'ReplicationInstance', text);

/** A replication instance of the Database Migration Service; its id is the end of its ARN, which AWS makes up. */
export const replicationInstance = defineResourceType({
  type: 'AWS::DMS::ReplicationInstance',
  scope: 'regional',
  securityHubType: 'AwsDmsReplicationInstance',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'instance', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: dms.eventSource,
        calls: {
          CreateReplicationInstance: 'created',
          ModifyReplicationInstance: ['instance'],
          DeleteReplicationInstance: 'deleted',
        },
        idsIn: named({
          request: ['replicationInstanceArn'],
          response: ['replicationInstance.replicationInstanceArn'],
          idOf,
        }),
      },
    ],
    list: {
      actions: ['dms:DescribeReplicationInstances'],
      hasInterface: true,
      page: async (reader, token) => {
        const { ReplicationInstances = [], Marker } = await reader.call(
          'dms',
          'describeReplicationInstances',
          { MaxRecords: 100, ...(token === undefined ? {} : { Marker: token }) },
        );
        return {
          resources: ReplicationInstances.flatMap((one) => {
            const id = idOf(one.ReplicationInstanceArn ?? '');
            return id === undefined ? [] : [{ id, facets: { instance: shown(one) } }];
          }),
          ...(Marker ? { next: Marker } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['dms:ListTagsForResource'],
    read: async (reader, ref) => {
      const asked = { ResourceArn: arn(ref) };
      const { TagList } = await reader.call('dms', 'listTagsForResource', asked);
      return { arn: arn(ref), tags: tagsIn(TagList) };
    },
  },
  facets: {
    instance: {
      actions: ['dms:DescribeReplicationInstances'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), status: undefined }),
    },
  },
});
