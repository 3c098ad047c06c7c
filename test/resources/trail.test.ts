import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { trail } from '../../lib/resources/cloudtrail/trail.ts';
import { accountId, awsForTests, refOf, region } from './aws.ts';
import { seesEveryFacet } from './every-facet.ts';

seesEveryFacet(trail, {
  'a resource that is gone':
    'a trail that is not there is one that does not log, for who is watched by it',
});

const aws = awsForTests();
const facets = Object.keys(trail.facets);
const arnOf = (name: string) => `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;

describe('a trail', () => {
  let trails: CloudTrail;
  const read = (name: string) => aws.reader().read(trail, refOf(arnOf(name)), facets);

  beforeAll(async () => {
    trails = await aws.clients()('cloudtrail');
    const s3 = await aws.clients()('s3');
    await s3.createBucket({ Bucket: 'facet-trail-logs' });
    await trails.createTrail({ Name: 'facet-trail', S3BucketName: 'facet-trail-logs' });
  }, 60_000);

  it('logs once it is started', async () => {
    expect(await read('facet-trail')).toMatchObject({ facets: { isLogging: { value: false } } });
    await trails.startLogging({ Name: 'facet-trail' });
    expect(await read('facet-trail')).toMatchObject({ facets: { isLogging: { value: true } } });
  });

  it('is listed by its ARN', async () => {
    const { resources } = await trail.live.list.page(aws.reader(), undefined);
    expect(resources).toContainEqual({ id: arnOf('facet-trail') });
  });

  it('that is not there has nothing', async () => {
    expect(await read('facet-none')).toMatchObject({
      facets: Object.fromEntries(facets.map((facet) => [facet, { value: undefined }])),
    });
  });
});
