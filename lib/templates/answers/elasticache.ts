import { Unresolved } from '../../model/unresolved.ts';
import { said } from '../../support/untyped.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, flagOr, named, ownValue } from './answer.ts';

/** "If you're running Redis OSS engine version 6.0 or later, set this parameter to true": it is unless one says no. */
const upgradesItself = (stack: Stack, one: Resource): boolean =>
  flagOr(stack, one.get('AutoMinorVersionUpgrade'), 'upgrades to minor versions', true);

const clusterType = 'AWS::ElastiCache::CacheCluster';
const groupType = 'AWS::ElastiCache::ReplicationGroup';

/** The node by which a group is evaluated as a cluster: ElastiCache makes it with the group, and names it so. */
export const firstNodeOf = (group: Resource): string => `${group.name.toLowerCase()}-001`;

/** What nobody here makes can be the default one. */
const subnetGroupOf = (stack: Stack, cache: Resource): string => {
  const set = cache.get('CacheSubnetGroupName');
  const name = set.name();
  const isMade = ({ physicalId }: Resource) => physicalId === name;
  const made = stack.find(['AWS::ElastiCache::SubnetGroup'], isMade);
  return made?.physicalId ?? set.text(['default', 'own']) ?? 'default';
};

/** A setting of a group. A member of a global datastore takes what it does not set from the primary group. */
const shared = (group: Resource, name: string): Part => {
  const set = group.get(name);
  if (!set.isSet && group.get('GlobalReplicationGroupId').isSet)
    throw new Unresolved('the primary group of the global datastore');
  return set;
};

/** What its nodes show of a group, and what ElastiCache sets of it. */
const groupShown = (stack: Stack, group: Resource) =>
  lazily({
    CacheClusterStatus: () => 'available',
    Engine: () => shared(group, 'Engine').text(['redis', 'valkey']) ?? 'redis',
    // Where none is named ElastiCache takes one of today.
    EngineVersion: () =>
      shared(group, 'EngineVersion').text(['5.0.6', '7.1']) ??
      ownValue(stack, 'the version of new groups', '7.1') ??
      '5.0.6',
    ReplicationGroupId: () => group.name,
    AutoMinorVersionUpgrade: () => upgradesItself(stack, group),
    CacheSubnetGroupName: () => subnetGroupOf(stack, group),
  });

const clusters: Answer = (stack, { CacheClusterId }) => {
  const id = said(CacheClusterId).toLowerCase();
  const group = stack.find([groupType], (one) => firstNodeOf(one) === id);
  if (group) return { CacheClusters: [groupShown(stack, group)] };
  const found = named(stack, clusterType, CacheClusterId, 'CacheClusterNotFoundFault');
  const groupId = found.get('ReplicationGroupId').name();
  if (groupId !== undefined)
    return { CacheClusters: [groupShown(stack, groupNamed(stack, groupId))] };
  return {
    CacheClusters: [
      lazily({
        CacheClusterStatus: () => 'available',
        Engine: () => found.get('Engine').text(['redis', 'memcached']),
        SnapshotRetentionLimit: () => found.get('SnapshotRetentionLimit').number(['0', '35']) ?? 0,
        AutoMinorVersionUpgrade: () => upgradesItself(stack, found),
        CacheSubnetGroupName: () => subnetGroupOf(stack, found),
      }),
    ],
  };
};
/** The group that a cluster is a node of, which has all that it shows. */
const groupNamed = (stack: Stack, id: string): Resource => {
  const found = stack.find([groupType], (one) =>
    [one.name, one.physicalId].some((own) => own.toLowerCase() === id.toLowerCase()),
  );
  if (!found) throw new Unresolved(`the replication group ${id}, which is not in the template`);
  return found;
};

/** "Default: true when using Valkey, false when using Redis OSS": CreateReplicationGroup. */
const isEncryptedByAws = (stack: Stack, group: Resource): boolean =>
  group.get('Engine').text(['redis', 'valkey'])?.toLowerCase() === 'valkey' &&
  ownValue(stack, 'the encryption of Valkey', true) === true;

const groups: Answer = (stack, { ReplicationGroupId }) => {
  const found = named(stack, groupType, ReplicationGroupId, 'ReplicationGroupNotFoundFault');
  return {
    ReplicationGroups: [
      lazily({
        Status: () => 'available',
        MemberClusters: () => [firstNodeOf(found)],
        SnapshotRetentionLimit: () => found.get('SnapshotRetentionLimit').number(['0', '35']) ?? 0,
        AutomaticFailover: () =>
          found.get('AutomaticFailoverEnabled').flag() === true ? 'enabled' : 'disabled',
        AtRestEncryptionEnabled: () =>
          shared(found, 'AtRestEncryptionEnabled').flag() ?? isEncryptedByAws(stack, found),
        TransitEncryptionEnabled: () => shared(found, 'TransitEncryptionEnabled').flag() ?? false,
        TransitEncryptionMode: () =>
          shared(found, 'TransitEncryptionMode').among(['preferred', 'required']) ??
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
