import type { ReplicationGroup } from '@aws-sdk/client-elasticache';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { elasticache } from '../../services/elasticache.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutArn, isChanging } from './cache-ids.ts';

const arn = (ref: Ref) => elasticache.arn('replicationgroup', ref, ref.id);
const gone = 'ReplicationGroupNotFoundFault';

const describe = async (reader: Reader, { id }: Ref): Promise<ReplicationGroup> => {
  const asked = { ReplicationGroupId: id };
  const { ReplicationGroups } = await reader.call(
    'elasticache',
    'describeReplicationGroups',
    asked,
  );
  return only(ReplicationGroups, gone);
};

/** Whether who connects says a password; never which. */
const shown = (one: ReplicationGroup) => ({
  state: one.Status,
  failsOver: one.AutomaticFailover === 'enabled',
  isEncrypted: one.AtRestEncryptionEnabled ?? false,
  usesTls: one.TransitEncryptionEnabled ?? false,
  /** `preferred` takes connections in the clear, too. */
  tlsMode: one.TransitEncryptionMode,
  hasToken: one.AuthTokenEnabled ?? false,
  hasUsers: (one.UserGroupIds ?? []).length > 0,
});

/** The version of the engine, which only its nodes tell; a group names one for a while that is gone by then. */
const versionOf = async (reader: Reader, ref: Ref) => {
  const { MemberClusters = [] } = await describe(reader, ref);
  let gone: unknown;
  for (const CacheClusterId of MemberClusters)
    try {
      const asked = { CacheClusterId };
      const { CacheClusters } = await reader.call('elasticache', 'describeCacheClusters', asked);
      return { version: CacheClusters?.[0]?.EngineVersion };
    } catch (error) {
      if (!/^CacheClusterNotFound(Fault)?$/.test(Object(error).name)) throw error;
      gone = error;
    }
  if (gone) throw gone;
  return { version: undefined };
};

/** Caches that hold the same, of one or of several shards; its id is its name, in lower case. */
export const cacheReplicationGroup = defineResourceType({
  type: 'AWS::ElastiCache::ReplicationGroup',
  scope: 'regional',
  securityHubType: 'Other',
  ignoresCase: true,
  live: {
    gone: [gone, 'ReplicationGroupNotFound'],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'group', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: elasticache.eventSource,
        calls: {
          CreateReplicationGroup: 'created',
          ModifyReplicationGroup: ['group', 'engine'],
          DeleteReplicationGroup: 'deleted',
        },
        idsIn: named({ request: ['replicationGroupId'] }),
      },
    ],
    list: {
      actions: ['elasticache:DescribeReplicationGroups'],
      hasInterface: true,
      page: async (reader, token) => {
        const { ReplicationGroups = [], Marker } = await reader.call(
          'elasticache',
          'describeReplicationGroups',
          { MaxRecords: 100, ...(token === undefined ? {} : { Marker: token }) },
        );
        return {
          resources: ReplicationGroups.map((one) => ({
            id: one.ReplicationGroupId ?? '',
            facets: { group: shown(one) },
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
    group: {
      actions: ['elasticache:DescribeReplicationGroups'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
    engine: {
      actions: ['elasticache:DescribeReplicationGroups', 'elasticache:DescribeCacheClusters'],
      // Of a node that is being made or replaced.
      absent: ['CacheClusterNotFoundFault', 'CacheClusterNotFound'],
      read: versionOf,
    },
  },
});
