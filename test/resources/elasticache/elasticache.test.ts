import type { AnyResourceType } from '../../../lib/model/resource-type.ts';
import { cacheCluster } from '../../../lib/resources/elasticache/cache-cluster.ts';
import { cacheReplicationGroup } from '../../../lib/resources/elasticache/replication-group.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(cacheCluster);
seesEveryFacet(cacheReplicationGroup);

const aws = awsForTests();
const read = async (type: AnyResourceType, id: string, facet: string) => {
  const reading = await aws.reader().read(type, refOf(id), [facet]);
  return reading.gone ? 'gone' : Object(reading.facets[facet]).value;
};
const Tags = [{ Key: 'data', Value: 'secret' }];

beforeAll(async () => {
  const elasticache = await aws.clients()('elasticache');
  await elasticache.createCacheCluster({
    ...{ CacheClusterId: 'read-cache', Engine: 'redis', CacheNodeType: 'cache.t4g.micro' },
    ...{ EngineVersion: '7.1', NumCacheNodes: 1, CacheSubnetGroupName: 'private' },
    ...{ AutoMinorVersionUpgrade: true, SnapshotRetentionLimit: 3, Tags },
  });
  await elasticache.createCacheCluster({
    ...{ CacheClusterId: 'read-bare', Engine: 'memcached', CacheNodeType: 'cache.t4g.micro' },
    ...{ NumCacheNodes: 1, AutoMinorVersionUpgrade: false },
  });
  await elasticache.createReplicationGroup({
    ...{ ReplicationGroupId: 'read-group', ReplicationGroupDescription: 'a', Engine: 'redis' },
    ...{ AutomaticFailoverEnabled: true, AtRestEncryptionEnabled: true, NumCacheClusters: 2 },
    ...{ TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' },
    ...{ AuthToken: 'planted-secret-of-a-test', EngineVersion: '7.1', Tags },
  });
}, 60_000);

it('a cache shows how it is set', async () => {
  expect(await read(cacheCluster, 'read-cache', 'cluster')).toEqual({
    ...{ state: 'available', engine: 'redis', group: undefined },
    ...{ upgradesItself: true, subnetGroup: 'private' },
  });
  expect(await read(cacheCluster, 'read-cache', 'backup')).toEqual({ days: 3 });
  expect(await read(cacheCluster, 'read-bare', 'cluster')).toMatchObject({
    ...{ engine: 'memcached', upgradesItself: false },
  });
});

it('a replication group shows how it is set, and nothing of its token', async () => {
  const shown = await read(cacheReplicationGroup, 'read-group', 'group');
  expect(shown).toEqual({
    ...{ state: 'available', failsOver: true, isEncrypted: true, usesTls: true },
    ...{ tlsMode: 'preferred', hasToken: true, hasUsers: false },
  });
  expect(JSON.stringify(shown)).not.toContain('planted');
  expect(await read(cacheReplicationGroup, 'read-group', 'engine')).toEqual({ version: '7.1' });
  const elasticache = await aws.clients()('elasticache');
  const { ReplicationGroups: [group] = [] } = await elasticache.describeReplicationGroups({
    ReplicationGroupId: 'read-group',
  });
  for (const CacheClusterId of group?.MemberClusters ?? [])
    await elasticache.deleteCacheCluster({ CacheClusterId });
  expect(await read(cacheReplicationGroup, 'read-group', 'engine')).toBeUndefined();
});

describe.each([
  [cacheCluster, 'read-cache', 'cluster:read-cache'],
  [cacheReplicationGroup, 'read-group', 'replicationgroup:read-group'],
] as const)('of the two, number %#', (type, id, arn) => {
  const facets = Object.keys(type.facets);

  it('tells ARN and tags, and is listed', async () => {
    expect(await type.about.read(aws.reader(), refOf(id))).toEqual({
      arn: `arn:aws:elasticache:${region}:${accountId}:${arn}`,
      tags: { data: 'secret' },
    });
    const { resources } = await type.live.list.page(aws.reader(), undefined);
    expect(resources.map((one) => one.id)).toContain(id);
  });

  it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
    expect(await read(type, 'never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    for (const one of Object.values(Object(await deniedReading(type, id))))
      expect(one).toEqual({ denied: expect.any(String) });
  }, 60_000);
});
