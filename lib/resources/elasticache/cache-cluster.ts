import type { CacheCluster } from '@aws-sdk/client-elasticache';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { elasticache } from '../../services/elasticache.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutArn, isChanging } from './cache-ids.ts';

const arn = (ref: Ref) => elasticache.arn('cluster', ref, ref.id);
const gone = 'CacheClusterNotFoundFault';

const describe = async (reader: Reader, { id }: Ref): Promise<CacheCluster> => {
  const asked = { CacheClusterId: id };
  return only(
    (await reader.call('elasticache', 'describeCacheClusters', asked)).CacheClusters,
    gone,
  );
};

const shown = (one: CacheCluster) => ({
  state: one.CacheClusterStatus,
  engine: one.Engine,
  /** The replication group that it is a node of. */
  group: one.ReplicationGroupId || undefined,
  upgradesItself: one.AutoMinorVersionUpgrade ?? false,
  subnetGroup: one.CacheSubnetGroupName,
});

/** Of a node what is set of its group, which takes them of one of its nodes; none of Memcached. */
const backupOf = async (reader: Reader, ref: Ref) => {
  const { ReplicationGroupId, SnapshotRetentionLimit = 0 } = await describe(reader, ref);
  if (!ReplicationGroupId) return { days: SnapshotRetentionLimit };
  const asked = { ReplicationGroupId };
  const { ReplicationGroups } = await reader.call(
    'elasticache',
    'describeReplicationGroups',
    asked,
  );
  return { days: ReplicationGroups?.[0]?.SnapshotRetentionLimit ?? 0 };
};

/** A cache of one's own, or a node of a replication group; its id is its name, in lower case. */
export const cacheCluster = defineResourceType({
  type: 'AWS::ElastiCache::CacheCluster',
  scope: 'regional',
  securityHubType: 'Other',
  ignoresCase: true,
  live: {
    gone: [gone, 'CacheClusterNotFound'],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'cluster', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: elasticache.eventSource,
        calls: {
          CreateCacheCluster: 'created',
          ModifyCacheCluster: ['cluster', 'backup'],
          DeleteCacheCluster: 'deleted',
        },
        idsIn: named({ request: ['cacheClusterId'] }),
      },
      {
        // What is set of a group is set of its nodes, which it does not name.
        via: 'cloudtrail',
        source: elasticache.eventSource,
        calls: { ModifyReplicationGroup: ['cluster', 'backup'] },
        idsIn: named({ response: ['memberClusters'] }),
      },
    ],
    list: {
      actions: ['elasticache:DescribeCacheClusters'],
      hasInterface: true,
      page: async (reader, token) => {
        const { CacheClusters = [], Marker } = await reader.call(
          'elasticache',
          'describeCacheClusters',
          { MaxRecords: 100, ...(token === undefined ? {} : { Marker: token }) },
        );
        return {
          resources: CacheClusters.map((one) => ({
            id: one.CacheClusterId ?? '',
            facets: { cluster: shown(one) },
          })),
          ...(Marker ? { next: Marker } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['elasticache:ListTagsForResource'],
    read: (reader, ref) => aboutArn(reader, arn(ref)),
  },
  facets: {
    cluster: {
      actions: ['elasticache:DescribeCacheClusters'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
    /** For how many days snapshots are kept that it takes by itself; 0 where it takes none. */
    backup: {
      actions: ['elasticache:DescribeCacheClusters', 'elasticache:DescribeReplicationGroups'],
      read: backupOf,
    },
  },
});
