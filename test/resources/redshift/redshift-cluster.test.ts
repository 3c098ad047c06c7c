import { redshiftCluster } from '../../../lib/resources/redshift/redshift-cluster.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(redshiftCluster);

const facets = Object.keys(redshiftCluster.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(redshiftCluster, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-full', 'read-bare'];

beforeAll(async () => {
  const redshift = await aws.clients()('redshift');
  const common = {
    NodeType: 'ra3.large',
    MasterUsername: 'admin',
    MasterUserPassword: 'hunter2OfATest',
  };
  await redshift.createCluster({
    ...common,
    ClusterIdentifier: full,
    ...{ PubliclyAccessible: true, Encrypted: true, EnhancedVpcRouting: true },
    ...{ AutomatedSnapshotRetentionPeriod: 14, AllowVersionUpgrade: true },
    Tags: [{ Key: 'data', Value: 'secret' }],
  });
  await redshift.createCluster({
    ...common,
    ClusterIdentifier: bare,
    ...{ PubliclyAccessible: false, Encrypted: false, AllowVersionUpgrade: false },
  });
}, 60_000);

it('shows how it is set, and nothing of who administers it', async () => {
  const shown = await read(full, 'cluster');
  expect(shown).toEqual({
    cluster: {
      value: {
        state: 'available',
        ...{ isPublic: true, isEncrypted: true, routesInVpc: true },
        ...{ snapshotDays: 14, upgradesItself: true },
      },
    },
  });
  expect(JSON.stringify(shown)).not.toMatch(/admin|hunter2/);
  expect(await read(bare, 'cluster')).toMatchObject({
    cluster: { value: { isPublic: false, isEncrypted: false, upgradesItself: false } },
  });
});

it('shows whether it logs, spans zones, requires TLS and has an administrator of its own', async () => {
  const redshift = await aws.clients()('redshift');
  const wanted = ['logging', 'zones', 'admin', 'tls'];
  expect(await read(bare, ...wanted)).toEqual({
    logging: { value: { isOn: false } },
    zones: { value: { spansZones: false } },
    admin: { value: { hasDefaultName: false } },
    tls: { value: [expect.objectContaining({ isRequired: false })] },
  });
  await (await aws.clients()('s3')).createBucket({ Bucket: 'facet-redshift-logs' });
  await redshift.enableLogging({ ClusterIdentifier: full, BucketName: 'facet-redshift-logs' });
  expect(await read(full, 'logging')).toEqual({ logging: { value: { isOn: true } } });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read('never-made', facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(redshiftCluster, 'example')).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  const arn = `arn:aws:redshift:${region}:${accountId}:cluster:${full}`;
  expect(await read(full, 'about')).toEqual({
    about: { value: { arn, tags: { data: 'secret' } } },
  });
  const { resources } = await redshiftCluster.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([full, bare]));
});

it.each<[string, object, unknown]>([
  ['its identifier', { requestParameters: { clusterIdentifier: 'orders' } }, ['orders']],
  [
    'both, where it is renamed',
    { requestParameters: { clusterIdentifier: 'orders', newClusterIdentifier: 'sales' } },
    ['orders', 'sales'],
  ],
  ['nothing', { requestParameters: null }, 'all'],
])('is named by %s', (_, detail, ids) => {
  const [announcement] = redshiftCluster.live.announcements;
  expect(
    announcement?.idsIn({ eventName: 'Update', awsRegion: region, ...detail }, accountId),
  ).toEqual(ids);
});
