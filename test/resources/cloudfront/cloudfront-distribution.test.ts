import { distribution } from '../../../lib/resources/cloudfront/distribution.ts';
import { bucketIn, websiteIn } from '../../../lib/resources/cloudfront/origin-bucket.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(distribution, {
  'buckets: faults': 'a bucket that others own is not asked for its region',
});

const facets = Object.keys(distribution.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(distribution, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const made = { full: '', bare: '' };
const behavior = {
  ViewerProtocolPolicy: 'allow-all',
  ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
} as const;
const bucketOrigin = (bucket: string) => ({
  Id: bucket,
  DomainName: `${bucket}.s3.us-east-1.amazonaws.com`,
  S3OriginConfig: { OriginAccessIdentity: '' },
});
const serverOrigin = (Id: string, DomainName: string) => ({
  ...{ Id, DomainName },
  CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' as const },
});

beforeAll(async () => {
  await (await aws.clients()('s3')).createBucket({ Bucket: 'facet-site' });
  const cloudfront = await aws.clients()('cloudfront');
  const bare = await cloudfront.createDistribution({
    DistributionConfig: {
      ...{ CallerReference: 'bare', Comment: '', Enabled: true },
      Origins: {
        Quantity: 3,
        Items: [
          bucketOrigin('facet-gone'),
          serverOrigin('facet-custom', 'facet-custom.s3.us-east-1.amazonaws.com'),
          serverOrigin('facet-website', 'facet-website.s3-website-us-east-1.amazonaws.com'),
        ],
      },
      DefaultCacheBehavior: { ...behavior, TargetOriginId: 'facet-gone' },
    },
  });
  made.bare = bare.Distribution?.Id ?? '';
  const full = await cloudfront.createDistribution({
    DistributionConfig: {
      ...{ CallerReference: 'full', Comment: '', Enabled: true },
      ...{ DefaultRootObject: 'index.html', WebACLId: 'arn:aws:wafv2:a' },
      Logging: {
        ...{ Enabled: true, IncludeCookies: false, Prefix: '' },
        Bucket: 'logs.s3.amazonaws.com',
      },
      ViewerCertificate: {
        ...{ ACMCertificateArn: 'arn:aws:acm:a', SSLSupportMethod: 'sni-only' },
        ...{ CloudFrontDefaultCertificate: false, MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
      Origins: {
        Quantity: 2,
        Items: [
          { ...bucketOrigin('facet-site'), OriginAccessControlId: 'E2QWRUHAPOMQZL' },
          {
            ...{ Id: 'shop', DomainName: 'shop.example.com' },
            CustomHeaders: {
              Quantity: 1,
              Items: [{ HeaderName: 'X-Origin', HeaderValue: 'planted-secret' }],
            },
            CustomOriginConfig: {
              ...{ HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
              OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
            },
          },
        ],
      },
      OriginGroups: {
        Quantity: 1,
        Items: [
          {
            Id: 'both',
            FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [500] } },
            Members: { Quantity: 2, Items: [{ OriginId: 'facet-site' }, { OriginId: 'shop' }] },
          },
        ],
      },
      DefaultCacheBehavior: {
        ...{ ...behavior, TargetOriginId: 'facet-site' },
        ViewerProtocolPolicy: 'redirect-to-https',
      },
      CacheBehaviors: {
        Quantity: 1,
        Items: [{ ...behavior, TargetOriginId: 'shop', PathPattern: '/shop/*' }],
      },
    },
  });
  await cloudfront.tagResource({
    Resource: full.Distribution?.ARN,
    Tags: { Items: [{ Key: 'data', Value: 'secret' }] },
  });
  made.full = full.Distribution?.Id ?? '';
}, 60_000);

it('shows what is set on it', async () => {
  expect(await read(made.full, 'distribution', 'certificate', 'behaviors')).toEqual({
    distribution: {
      value: {
        state: expect.stringMatching(/^(InProgress|Deployed)$/),
        ...{ hasRootObject: true, logsAccess: true, hasWebAcl: true },
      },
    },
    certificate: { value: { isDefault: false, support: 'sni-only', tls: 'TLSv1.2_2021' } },
    behaviors: {
      value: [
        { path: 'default', origin: 'facet-site', viewers: 'redirect-to-https' },
        { path: '/shop/*', origin: 'shop', viewers: 'allow-all' },
      ],
    },
  });
});

it('shows its origins, and nothing of the headers that they are sent', async () => {
  const shown = await read(made.full, 'origins', 'originGroups', 'buckets');
  expect(shown).toEqual({
    origins: {
      value: [
        {
          ...{ id: 'facet-site', domain: 'facet-site.s3.us-east-1.amazonaws.com' },
          ...{ bucket: 'facet-site', hasAccessControl: true, protocol: undefined, tls: [] },
        },
        {
          ...{ id: 'shop', domain: 'shop.example.com', bucket: undefined },
          ...{ hasAccessControl: false, protocol: 'https-only', tls: ['TLSv1.2'] },
        },
      ],
    },
    originGroups: { value: [{ id: 'both', members: ['facet-site', 'shop'] }] },
    buckets: { value: [{ origin: 'facet-site', bucket: 'facet-site', found: 'ours' }] },
  });
  expect(JSON.stringify(shown)).not.toContain('planted');
});

it('shows what AWS does where nothing is set, and a bucket that is not there', async () => {
  expect(await read(made.bare, 'distribution', 'certificate', 'originGroups', 'buckets')).toEqual({
    distribution: {
      value: {
        state: expect.any(String),
        ...{ hasRootObject: false, logsAccess: false, hasWebAcl: false },
      },
    },
    certificate: { value: { isDefault: true, support: undefined, tls: 'TLSv1' } },
    originGroups: { value: [] },
    buckets: {
      value: [
        { origin: 'facet-gone', bucket: 'facet-gone', found: 'missing' },
        { origin: 'facet-custom', bucket: 'facet-custom', found: 'missing' },
        { origin: 'facet-website', bucket: 'facet-website', found: 'missing' },
      ],
    },
  });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read('E2QWRUHNEVERMADE', facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(distribution, 'EXAMPLE')).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  const arn = `arn:aws:cloudfront::${accountId}:distribution/${made.full}`;
  // moto loses the tags that it is given.
  expect(await read(made.full, 'about')).toEqual({
    about: { value: { arn, tags: expect.any(Object) } },
  });
  const { resources } = await distribution.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([made.full, made.bare]));
});

it.each([
  ['site.s3.amazonaws.com', 'site'],
  ['www.example.com.s3.eu-west-1.amazonaws.com', 'www.example.com'],
  ['site.s3-eu-west-1.amazonaws.com', 'site'],
  ['site.s3.dualstack.eu-west-1.amazonaws.com', 'site'],
  ['site.s3.cn-north-1.amazonaws.com.cn', 'site'],
  ['site.s3-website-us-east-1.amazonaws.com', undefined],
  ['site.s3-website.eu-central-1.amazonaws.com', undefined],
  ['site.s3-fips.us-east-1.amazonaws.com', 'site'],
  ['site.s3-fips.dualstack.us-east-1.amazonaws.com', 'site'],
  ['site.s3-accelerate.amazonaws.com', 'site'],
  ['site.s3-accelerate.dualstack.amazonaws.com', 'site'],
  ['Site.S3.amazonaws.com', 'site'],
  ['m1.mrap.accesspoint.s3-global.amazonaws.com', undefined],
  ['site-123456789012.s3-accesspoint.us-east-1.amazonaws.com', undefined],
  ['s3.amazonaws.com', undefined],
  ['site.s3.amazonaws.com.example.com', undefined],
  ['shop.example.com', undefined],
])('takes %s for the bucket %s', (domain, bucket) => {
  expect(bucketIn(domain)).toBe(bucket);
});

it.each([
  ['site.s3-website-us-east-1.amazonaws.com', 'site'],
  ['www.example.com.s3-website.eu-central-1.amazonaws.com', 'www.example.com'],
  ['site.s3-website.cn-north-1.amazonaws.com.cn', 'site'],
  ['site.s3.amazonaws.com', undefined],
  ['site.s3-website.eu-central-1.amazonaws.com.example.com', undefined],
])('takes %s for the website of the bucket %s', (domain, bucket) => {
  expect(websiteIn(domain)).toBe(bucket);
});

it.each<[string, string, object, unknown]>([
  ...[
    ...['UpdateDistribution', 'UpdateDistributionWithStagingConfig'],
    ...['AssociateDistributionWebACL', 'DisassociateDistributionWebACL'],
  ].map((name): [string, string, object, unknown] => [
    `its id, by ${name}`,
    name,
    { requestParameters: { id: 'E1', stagingDistributionId: 'E2', webACLArn: 'arn:aws:wafv2:a' } },
    ['E1'],
  ]),
  [
    'what is answered',
    'CreateDistribution',
    { requestParameters: {}, responseElements: { distribution: { id: 'E1' } } },
    ['E1'],
  ],
  ['nothing', 'CreateDistribution', { requestParameters: {}, responseElements: null }, 'all'],
  ['a bucket', 'DeleteBucket', { requestParameters: { bucketName: 'site' } }, 'all'],
  ['a bucket that is made', 'CreateBucket', { requestParameters: { bucketName: 'site' } }, 'all'],
])('is named by %s', (_, eventName, detail, ids) => {
  const found = distribution.live.announcements.find(
    (one) => one.via === 'cloudtrail' && eventName in one.calls,
  );
  expect(found?.idsIn({ eventName, awsRegion: region, ...detail }, accountId)).toEqual(ids);
});
