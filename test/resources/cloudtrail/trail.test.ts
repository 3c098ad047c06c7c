import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { trail } from '../../../lib/resources/cloudtrail/trail.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(trail);

const aws = awsForTests();
const facets = Object.keys(trail.facets);
const arnOf = (name: string) => `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
const bucket = 'facet-trail-logs';

describe('a trail', () => {
  let trails: CloudTrail;
  const read = (name: string) => aws.reader().read(trail, refOf(arnOf(name)), facets);

  beforeAll(async () => {
    trails = await aws.clients()('cloudtrail');
    const s3 = await aws.clients()('s3');
    await s3.createBucket({ Bucket: bucket });
    await trails.createTrail({
      ...{ Name: 'facet-trail', S3BucketName: bucket, EnableLogFileValidation: true },
      TagsList: [{ Key: 'team', Value: 'audit' }],
    });
    await trails.createTrail({ Name: 'facet-elsewhere', S3BucketName: bucket });
  }, 60_000);

  it('logs once it is started', async () => {
    expect(await read('facet-trail')).toMatchObject({ facets: { isLogging: { value: false } } });
    await trails.startLogging({ Name: 'facet-trail' });
    expect(await read('facet-trail')).toMatchObject({ facets: { isLogging: { value: true } } });
  });

  it('shows how it is set up, and what its bucket is like', async () => {
    expect(await read('facet-trail')).toMatchObject({
      facets: {
        trail: { value: { bucket, validatesFiles: true } },
        bucketAccess: { value: { policy: undefined, ownership: 'BucketOwnerEnforced' } },
        bucketLogging: { value: {} },
        bucketLifecycle: {
          value: {
            ...{ keyPrefix: '', isOrganizations: false, isVersioned: false },
            ...{ lockedDays: 0, rules: [] },
          },
        },
      },
    });
  });

  it('shows what deletes logs in its bucket', async () => {
    const s3 = await aws.clients()('s3');
    await s3.putBucketVersioning({
      Bucket: bucket,
      VersioningConfiguration: { Status: 'Enabled' },
    });
    await s3.putBucketLifecycleConfiguration({
      Bucket: bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            ...{ ID: 'a', Status: 'Enabled', Filter: { Prefix: 'AWSLogs/' } },
            ...{ Expiration: { Days: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 2 } },
          },
          {
            ...{ ID: 'b', Status: 'Disabled', Expiration: { Days: 400 } },
            Filter: { And: { Prefix: 'x', Tags: [{ Key: 'a', Value: 'b' }] } },
          },
        ],
      },
    });
    expect(await read('facet-trail')).toMatchObject({
      facets: {
        bucketLifecycle: {
          value: {
            isVersioned: true,
            rules: [
              {
                ...{ isOn: true, prefix: 'AWSLogs/', asksForTags: false },
                ...{ expiresAfterDays: 1, expiresAtDate: false, deletesVersionsAfterDays: 2 },
              },
              { isOn: false, prefix: 'x', asksForTags: true, expiresAfterDays: 400 },
            ],
          },
        },
      },
    });
  });

  it.each([
    [{ Days: 30 }, 30],
    [{ Years: 2 }, 730],
  ])('shows for how long Object Lock keeps logs: %j', async (period, days) => {
    const s3 = await aws.clients()('s3');
    const Bucket = `facet-trail-locked-${days}`;
    await s3.createBucket({ Bucket, ObjectLockEnabledForBucket: true });
    await s3.putObjectLockConfiguration({
      Bucket,
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: 'GOVERNANCE', ...period } },
      },
    });
    await trails.createTrail({ Name: Bucket, S3BucketName: Bucket });
    expect(await read(Bucket)).toMatchObject({
      facets: { bucketLifecycle: { value: { isVersioned: true, lockedDays: days, rules: [] } } },
    });
  });

  it('shows nothing of a bucket that is not this account’s', async () => {
    await (await aws.clients()('s3')).createBucket({ Bucket: 'facet-trail-other' });
    await trails.createTrail({ Name: 'facet-other', S3BucketName: 'facet-trail-other' });
    await (await aws.clients()('s3')).deleteBucket({ Bucket: 'facet-trail-other' });
    expect(await read('facet-other')).toMatchObject({
      facets: { bucketAccess: { value: undefined }, bucketLogging: { value: undefined } },
    });
  });

  it('is listed by its ARN, and only those that borrow from a bucket are', async () => {
    const { resources } = await trail.live.list.page(aws.reader(), undefined);
    const found = resources.find(({ id }) => id === arnOf('facet-trail'));
    expect(found).toMatchObject({ facets: { trail: { bucket } } });
    const [lender] = trail.facets.bucketLogging.borrowedFrom;
    const listed = found ?? { id: '' };
    expect(lender?.isBorrowedBy(bucket, listed)).toBe(true);
    expect(lender?.isBorrowedBy('another', listed)).toBe(false);
  });

  it('tells its ARN and tags', async () => {
    const arn = arnOf('facet-trail');
    expect(await trail.about.read(aws.reader(), refOf(arn))).toEqual({
      arn,
      tags: { team: 'audit' },
    });
  });

  it('that is not there is gone', async () => {
    expect(await read('facet-none')).toMatchObject({ gone: true });
  });

  it('that is not there does not log, for the region that it is shown in', async () => {
    const reading = await aws.reader().read(trail, refOf(arnOf('facet-none')), ['isLogging']);
    expect(reading).toMatchObject({ facets: { isLogging: { value: undefined } } });
  });
});

test.each([
  ['UpdateTrail', {}, 'all'],
  ['UpdateTrail', { name: 'main' }, [arnOf('main')]],
  ['DeleteTrail', { name: arnOf('main') }, [arnOf('main')]],
  ['DeleteTrail', { name: arnOf('main').replace(accountId, '444455556666') }, []],
])('%s %j is about its trail', (eventName, requestParameters, ids) => {
  const detail = { eventName, awsRegion: region, requestParameters };
  const [told] = trail.live.announcements;
  expect(told?.idsIn(detail, accountId)).toEqual(ids);
});
