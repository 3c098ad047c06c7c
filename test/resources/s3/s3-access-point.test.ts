import { s3AccessPoint } from '../../../lib/resources/s3/s3-access-point.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(s3AccessPoint);

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(s3AccessPoint, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const arn = `arn:aws:s3:${region}:${accountId}:accesspoint/read-open`;
const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const open = { ...all, BlockPublicPolicy: false, RestrictPublicBuckets: false };

beforeAll(async () => {
  const [s3, s3control] = await Promise.all([aws.clients()('s3'), aws.clients()('s3control')]);
  const Bucket = 'read-behind-points';
  await s3.createBucket({ Bucket });
  const made = { AccountId: accountId, Bucket };
  await s3control.createAccessPoint({ ...made, Name: 'read-plain' });
  await s3control.createAccessPoint({
    ...{ ...made, Name: 'read-open' },
    PublicAccessBlockConfiguration: open,
  });
  const Tags = [{ Key: 'data', Value: 'secret' }];
  await s3control.tagResource({ AccountId: accountId, ResourceArn: arn, Tags });
}, 60_000);

describe('an access point of S3', () => {
  it('shows its blocks, which are on where nobody said otherwise', async () => {
    expect(await read('read-plain', 'publicAccessBlock')).toEqual({
      publicAccessBlock: { value: all },
    });
    expect(await read('read-open', 'publicAccessBlock')).toEqual({
      publicAccessBlock: { value: open },
    });
  });

  it('that is not there is gone', async () => {
    expect(await read('never-made', 'publicAccessBlock')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(s3AccessPoint, 'example')).toEqual({
      publicAccessBlock: denied,
      about: denied,
    });
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn, tags: { data: 'secret' } };
    expect(await read('read-open', 'about')).toEqual({ about: { value: about } });
    const { resources } = await s3AccessPoint.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(expect.arrayContaining([{ id: 'read-open' }, { id: 'read-plain' }]));
  });
});

it.each<[string, object, unknown]>([
  ['its name', { requestParameters: { name: 'a' } }, ['a']],
  ['nothing', { requestParameters: {} }, 'all'],
])('an access point of S3 is named by %s', (_, detail, ids) => {
  const [announcement] = s3AccessPoint.live.announcements;
  expect(announcement?.idsIn({ eventName: 'CreateAccessPoint', ...detail }, accountId)).toEqual(
    ids,
  );
});
