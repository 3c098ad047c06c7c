import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, flagOr, named, ownValue } from './answer.ts';

/** "If you're running Redis OSS engine version 6.0 or later, set this parameter to true": it is unless one says no. */
const upgradesItself = (stack: Stack, one: Resource): boolean =>
  flagOr(stack, one.get('AutoMinorVersionUpgrade'), 'upgrades to minor versions', true);

const clusters: Answer = (stack, { CacheClusterId }) => {
  const found = named(
    stack,
    'AWS::ElastiCache::CacheCluster',
    CacheClusterId,
    'CacheClusterNotFoundFault',
  );
  return {
    CacheClusters: [
      lazily({
        CacheClusterStatus: () => 'available',
        Engine: () => found.get('Engine').text(['redis', 'memcached']),
        SnapshotRetentionLimit: () => found.get('SnapshotRetentionLimit').number(['0', '35']) ?? 0,
        AutoMinorVersionUpgrade: () => upgradesItself(stack, found),
        CacheSubnetGroupName: () => found.get('CacheSubnetGroupName').name() ?? 'default',
      }),
    ],
  };
};

const groups: Answer = (stack, { ReplicationGroupId }) => {
  const found = named(
    stack,
    'AWS::ElastiCache::ReplicationGroup',
    ReplicationGroupId,
    'ReplicationGroupNotFoundFault',
  );
  return {
    ReplicationGroups: [
      lazily({
        Status: () => 'available',
        AutomaticFailover: () =>
          found.get('AutomaticFailoverEnabled').flag() === true ? 'enabled' : 'disabled',
        AtRestEncryptionEnabled: () => found.get('AtRestEncryptionEnabled').flag() ?? false,
        TransitEncryptionEnabled: () => found.get('TransitEncryptionEnabled').flag() ?? false,
        TransitEncryptionMode: () =>
          found.get('TransitEncryptionMode').text(['preferred', 'required']) ??
          ownValue(stack, 'the encryption that new groups require', 'required') ??
          'preferred',
        AuthTokenEnabled: () => found.get('AuthToken').isSet,
        UserGroupIds: () => found.get('UserGroupIds').nameList(),
      }),
    ],
  };
};

export const elasticacheAnswers: Answers = {
  describeCacheClusters: clusters,
  describeReplicationGroups: groups,
};
