import { opensearchDomain } from '../../../lib/resources/opensearch/opensearch-domain.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(opensearchDomain);

const facets = Object.keys(opensearchDomain.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(opensearchDomain, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-full', 'read-bare'];

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:*', Resource: '*' }],
});

beforeAll(async () => {
  const opensearch = await aws.clients()('opensearch');
  await opensearch.createDomain({
    DomainName: full,
    EngineVersion: 'OpenSearch_2.19',
    AccessPolicies: policy,
    EncryptionAtRestOptions: { Enabled: true },
    NodeToNodeEncryptionOptions: { Enabled: true },
    DomainEndpointOptions: {
      EnforceHTTPS: true,
      TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10',
    },
    AdvancedSecurityOptions: { Enabled: true },
    LogPublishingOptions: {
      AUDIT_LOGS: {
        Enabled: true,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${accountId}:log-group:audit`,
      },
    },
    TagList: [{ Key: 'data', Value: 'secret' }],
  });
  await opensearch.createDomain({ DomainName: bare, EngineVersion: 'Elasticsearch_7.10' });
}, 60_000);

it('shows whether newer software is there', async () => {
  expect(await read(full, 'software')).toMatchObject({ software: { value: { hasUpdate: false } } });
});

it('shows how it is set, and its policy', async () => {
  expect(await read(full, 'domain', 'policy')).toMatchObject({
    domain: {
      value: {
        ...{ engine: 'OpenSearch_2.19', isInVpc: false, isEncrypted: true, requiresHttps: true },
        ...{ encryptsBetweenNodes: true, asksWho: true, admitsAnonymous: false },
        ...{ tlsPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10', logs: ['AUDIT_LOGS'] },
        nodes: { data: 1, areInZones: false },
      },
    },
    policy: { value: policy },
  });
  expect(await read(bare, 'domain', 'policy')).toMatchObject({
    domain: { value: { engine: 'Elasticsearch_7.10', isEncrypted: false, asksWho: false } },
    policy: { value: undefined },
  });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read('never-made', facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(opensearchDomain, 'example')).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  const arn = `arn:aws:es:${region}:${accountId}:domain/${full}`;
  expect(await read(full, 'about')).toEqual({
    about: { value: { arn, tags: { data: 'secret' } } },
  });
  const { resources } = await opensearchDomain.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([full, bare]));
});

it.each<[string, object, unknown]>([
  ['its name', { requestParameters: { domainName: 'orders' } }, ['orders']],
  ['nothing', { requestParameters: null }, 'all'],
])('is named by %s', (_, detail, ids) => {
  const [announcement] = opensearchDomain.live.announcements;
  expect(
    announcement?.idsIn({ eventName: 'Update', awsRegion: region, ...detail }, accountId),
  ).toEqual(ids);
});
