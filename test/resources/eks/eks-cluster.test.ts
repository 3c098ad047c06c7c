import { eksCluster } from '../../../lib/resources/eks/eks-cluster.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(eksCluster);

const facets = Object.keys(eksCluster.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(eksCluster, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-full', 'read-bare'];

beforeAll(async () => {
  const ec2 = await aws.clients()('ec2');
  const Filters = [{ Name: 'default-for-az', Values: ['true'] }];
  const { Subnets = [] } = await ec2.describeSubnets({ Filters });
  const subnetIds = Subnets.flatMap(({ SubnetId = [] }) => SubnetId).slice(0, 2);
  const eks = await aws.clients()('eks');
  const roleArn = `arn:aws:iam::${accountId}:role/cluster`;
  await eks.createCluster({
    name: full,
    roleArn,
    resourcesVpcConfig: {
      ...{ subnetIds, endpointPublicAccess: true, endpointPrivateAccess: true },
      publicAccessCidrs: ['198.51.100.0/24'],
    },
    logging: { clusterLogging: [{ types: ['audit', 'api'], enabled: true }] },
    accessConfig: { authenticationMode: 'API' },
    tags: { data: 'secret' },
  });
  await eks.createCluster({
    ...{ name: bare, roleArn, resourcesVpcConfig: { subnetIds }, version: '1.35' },
  });
}, 60_000);

it('shows whom its endpoint answers, what it logs, and that it takes entries', async () => {
  expect(await read(full, 'cluster')).toEqual({
    cluster: {
      value: {
        state: expect.any(String),
        hasPublicEndpoint: true,
        publicSources: ['198.51.100.0/24'],
        logs: ['api', 'audit'],
        encryptsSecrets: false,
        takesEntries: true,
      },
    },
  });
  expect(await read(bare, 'cluster')).toMatchObject({
    cluster: { value: { logs: [], encryptsSecrets: false, takesEntries: false } },
  });
});

it('shows that its secrets are encrypted with a key', async () => {
  const eks = await aws.clients()('eks');
  const encryptionConfig = [{ resources: ['secrets'], provider: { keyArn: 'k' } }];
  await eks.associateEncryptionConfig({ clusterName: bare, encryptionConfig });
  expect(await read(bare, 'cluster')).toMatchObject({
    cluster: { value: { encryptsSecrets: true } },
  });
});

it('shows who administers it, and nobody else', async () => {
  const eks = await aws.clients()('eks');
  const give = async (
    name: string,
    policy: string,
    scope: { type: 'cluster' | 'namespace'; namespaces?: string[] },
  ) => {
    const principalArn = `arn:aws:iam::${accountId}:role/${name}`;
    await eks.createAccessEntry({ clusterName: full, principalArn });
    await eks.associateAccessPolicy({
      ...{ clusterName: full, principalArn, accessScope: scope },
      policyArn: `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${policy}Policy`,
    });
  };
  await give('all', 'ClusterAdmin', { type: 'cluster' });
  await give('edits', 'Edit', { type: 'cluster' });
  await give('system', 'Admin', { type: 'namespace', namespaces: ['orders', 'kube-*'] });
  await give('orders', 'Admin', { type: 'namespace', namespaces: ['orders', 'kube-systems'] });
  await give('looks', 'AdminView', { type: 'cluster' });
  await eks.createAccessEntry({
    ...{ clusterName: full, principalArn: `arn:aws:iam::${accountId}:role/groups` },
    kubernetesGroups: ['admins'],
  });
  const { administrators } = Object(await read(full, 'administrators'));
  expect(administrators.value).toEqual([
    { principal: `arn:aws:iam::${accountId}:role/all`, policy: 'AmazonEKSClusterAdminPolicy' },
    { principal: `arn:aws:iam::${accountId}:role/edits`, policy: 'AmazonEKSEditPolicy' },
    { principal: `arn:aws:iam::${accountId}:role/system`, policy: 'AmazonEKSAdminPolicy' },
  ]);
  expect(await read(bare, 'administrators')).toEqual({ administrators: { value: undefined } });
});

it('shows what AWS says of its version', async () => {
  expect(await read(bare, 'support')).toEqual({
    support: {
      value: {
        version: '1.35',
        status: expect.stringMatching(/^(STANDARD_SUPPORT|EXTENDED_SUPPORT|UNSUPPORTED)$/),
        endsAt: '2027-03-27T00:00:00.000Z',
      },
    },
  });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read('never-made', facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(eksCluster, 'example')).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  const arn = `arn:aws:eks:${region}:${accountId}:cluster/${full}`;
  expect(await read(full, 'about')).toEqual({
    about: { value: { arn, tags: { data: 'secret' } } },
  });
  const { resources } = await eksCluster.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([full, bare]));
});

it.each<[string, object, unknown]>([
  ['its name in the path', { requestParameters: { name: 'orders' } }, ['orders']],
  ['its name in the body', { requestParameters: { clusterName: 'orders' } }, ['orders']],
  ['nothing', { requestParameters: null }, 'all'],
])('is named by %s', (_, detail, ids) => {
  const [announcement] = eksCluster.live.announcements;
  expect(
    announcement?.idsIn({ eventName: 'Update', awsRegion: region, ...detail }, accountId),
  ).toEqual(ids);
});
